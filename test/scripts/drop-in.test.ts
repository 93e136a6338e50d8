import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect } from "vitest";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

/** Nothing listens there. */
const NOWHERE = "http://127.0.0.1:1025/saml";
const EXPORTS = /^export AWS_ACCESS_KEY_ID='ASIA[A-Z2-7]{16}' && export AWS_SECRET_ACCESS_KEY='/;

const dotfile = ({ home }: Place, text: string) => writeFile(path.join(home, ".awsoktaprocessor"), text);

function minutesOf(stdout: string): number {
  return Math.round((Date.parse(/"Expiration": "([^"]+)"/.exec(stdout)?.[1] ?? "") - Date.now()) / 60_000);
}

describe("a command line that the original understood", () => {
  const unset = { AWS_OKTA_ORGANIZATION: undefined, AWS_OKTA_USER: undefined, AWS_OKTA_APPLICATION: undefined };
  const lines: readonly (readonly [string, (place: Place) => string])[] = [
    ["shortened flags", (at) => `--env --us jdoe --org ${at.sandbox.organization} --app ${at.sandbox.applicationUrl()} --rol ${DEVELOPER}`],
    [
      "shortened flags with equals signs",
      (at) => `--e --u=jdoe --o=${at.sandbox.organization} --app=${at.sandbox.applicationUrl()} --ro=${DEVELOPER}`,
    ],
    ["whole flags with equals signs", (at) => `--environment --user=jdoe --organization=${at.sandbox.organization} --role=${DEVELOPER}`],
    ["letters", (at) => `-e -u jdoe -o ${at.sandbox.organization} -a ${at.sandbox.applicationUrl()} -r ${DEVELOPER}`],
    ["letters with their values behind them", (at) => `-e -ujdoe -o${at.sandbox.organization} -r${DEVELOPER}`],
    ["stacked letters", (at) => `-es -o ${at.sandbox.organization} -u jdoe -r ${DEVELOPER}`],
    ["stacked letters, the last with a value", (at) => `-o ${at.sandbox.organization} -r ${DEVELOPER} -seu jdoe`],
    ["stacked letters, the last with its value behind it", (at) => `-o ${at.sandbox.organization} -r ${DEVELOPER} -seujdoe`],
  ];

  for (const [title, line] of lines) {
    test.concurrent(`is understood: ${title}`, async ({ enter }) => {
      const place = await enter("no-mfa");
      expect(await place.perform(`authenticate ${line(place)}`, unset)).toMatchObject({
        stdout: expect.stringMatching(EXPORTS),
        exitCode: 0,
      });
    });
  }

  test.concurrent("with a shortened password is understood, and the password is not in what DEBUG tells", async ({ enter }) => {
    const { run } = await enter("no-mfa");
    const ran = await run(["authenticate", "--silent", "--pas", "correct horse", "--role", DEVELOPER], {
      AWS_OKTA_PASS: undefined,
      DEBUG: "*",
    });
    expect(ran).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
    expect(ran.stderr).not.toContain("horse");
  });

  test.concurrent.for(["--s", "--r", "--nope", "--a"])("that it did not understand is an error: %s", async (flag, { enter }) => {
    const { perform, sandbox } = await enter("no-mfa");
    expect(await perform(`authenticate ${flag}`)).toEqual({
      stdout: "",
      stderr: `aws-okta-processor: Nonexistent flag: ${flag}\nsee: aws-okta-processor --help\n`,
      exitCode: 2,
    });
    expect(sandbox.count()).toBe(0);
  });
});

describe("what the original wrote down and never read", () => {
  test.concurrent("AWS_OKTA_DURATION is how long credentials last", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    expect(minutesOf((await perform(`authenticate --silent --role ${ADMINISTRATOR}`, { AWS_OKTA_DURATION: "5400" })).stdout)).toBe(90);
  });

  test.concurrent("duration in a dotfile is, too, and a flag beats both", async ({ enter }) => {
    const place = await enter("no-mfa");
    await dotfile(place, "[authenticate]\nduration = 2h\n");
    const line = `authenticate --silent --role ${ADMINISTRATOR}`;
    const runs = [await place.perform(line), await place.perform(`${line} --duration 900 --no-aws-cache`, { AWS_OKTA_DURATION: "5400" })];
    expect(runs.map(({ stdout }) => minutesOf(stdout))).toEqual([120, 15]);
  });

  test.concurrent("AWS_OKTA_SIGN_IN_URL is the page that is asked for names", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const line = ["get-roles", "--output", "text", "--output-format", "{account}", "--role", "Administrator"];
    const runs = [await perform(line), await perform(line, { AWS_OKTA_SIGN_IN_URL: NOWHERE })];
    expect(runs.map(({ stdout }) => stdout)).toEqual(["acme-dev\n", "111122223333\n"]);
  });

  test.concurrent.for(["sign_in_url", "sign-in-url"])("%s in a dotfile is, too", async (key, { enter }) => {
    const place = await enter("no-mfa");
    await dotfile(place, `[defaults]\n${key} = ${place.sandbox.signInUrl}\n`);
    const { stdout } = await place.perform("get-roles --output text --role Administrator", { AWS_OKTA_SIGN_IN_URL: undefined });
    expect(stdout).toBe(`acme-dev,${ADMINISTRATOR}\n`);
  });

  test.concurrent("AWS_OKTA_OUTPUT and AWS_OKTA_OUTPUT_FORMAT shape the list", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const { stdout } = await perform("get-roles --role Administrator", {
      AWS_OKTA_OUTPUT: "text",
      AWS_OKTA_OUTPUT_FORMAT: "{account_id}:{user}",
    });
    expect(stdout).toBe("111122223333:jdoe\n");
  });

  test.concurrent("AWS_OKTA_OUTPUT is no matter of authenticate", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const ran = await perform(`authenticate --silent --role ${ADMINISTRATOR}`, {
      AWS_OKTA_OUTPUT: "text",
      AWS_OKTA_OUTPUT_FORMAT: "{nope}",
    });
    expect(ran).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  });
});

describe("get-roles, where the original was deaf", () => {
  test.concurrent("reads dotfiles: its own section over [defaults], and not that of authenticate", async ({ enter }) => {
    const place = await enter("no-mfa");
    await dotfile(
      place,
      `[defaults]\norganization = ${place.sandbox.organization}\nuser = jdoe\npass = correct horse\noutput = profiles\n` +
        "[get-roles]\noutput = text\noutput_format = {role_suffix}\nrole-suffix-delimiter = /\naccount_alias = *-dev\n[authenticate]\nuser = nobody\n",
    );
    const unset = { AWS_OKTA_ORGANIZATION: undefined, AWS_OKTA_USER: undefined, AWS_OKTA_PASS: undefined };
    expect(await place.run("get-roles", unset)).toEqual({ stdout: "administrator\ndeveloper\nreadonly\n", stderr: "", exitCode: 0 });
  });

  test.concurrent("heeds -A and -U, and takes -R", async ({ enter }) => {
    const { perform, sandbox } = await enter("no-mfa");
    const line = ["get-roles", "-A", "*-prod", "-U", sandbox.signInUrl, "-R", "eu-west-1", "--output", "text"];
    expect(await perform(line, { AWS_OKTA_SIGN_IN_URL: NOWHERE })).toEqual({
      stdout: "acme-prod,arn:aws:iam::444455556666:role/Developer\nacme-prod,arn:aws:iam::444455556666:role/ReadOnly\n",
      stderr: "",
      exitCode: 0,
    });
    expect(sandbox.count("sts")).toBe(0);
  });

  test.concurrent("takes everything else of authenticate without effect", async ({ enter }) => {
    const { perform } = await enter("no-mfa");
    const line = [
      "get-roles",
      "-es",
      "-d",
      "soon",
      "-k",
      "key",
      "--target-shell",
      "nope",
      "--no-aws-cache",
      "--output",
      "text",
      "-r",
      "Auditor",
    ];
    expect(await perform(line)).toEqual({ stdout: "777788889999,arn:aws:iam::777788889999:role/Auditor\n", stderr: "", exitCode: 0 });
  });
});
