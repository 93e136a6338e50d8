import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { test } from "../support/sandbox-home.ts";
import { withFaults, withoutFactors } from "../support/scenario.ts";

const ROLES = [
  "arn:aws:iam::111122223333:role/Administrator",
  "arn:aws:iam::111122223333:role/Developer",
  "arn:aws:iam::111122223333:role/ReadOnly",
  "arn:aws:iam::444455556666:role/Developer",
  "arn:aws:iam::444455556666:role/ReadOnly",
  "arn:aws:iam::777788889999:role/teams/data/Analyst-Reader",
  "arn:aws:iam::777788889999:role/Auditor",
] as const;

function text(template: string, ...more: readonly string[]): readonly string[] {
  return ["get-roles", "--silent", "--output", "text", "--output-format", template, ...more];
}

test.concurrent("the list is JSON by default, in the original's bytes, without a newline", async ({ enter }) => {
  const { sandbox, run } = await enter(withoutFactors("default"));
  const role = (arn: string, suffix = arn) => `{"name": "${arn}", "suffix": "${suffix}"}`;
  const account = (name: string, id: string, ...roles: readonly string[]) =>
    `{"name": "${name}", "id": "${id}", "name_raw": "Account: ${name === id ? id : `${name} (${id})`}", "roles": [${roles.join(", ")}]}`;
  const accounts = [
    account("acme-dev", "111122223333", ...ROLES.slice(0, 3).map((arn) => role(arn))),
    account("acme-prod", "444455556666", ...ROLES.slice(3, 5).map((arn) => role(arn))),
    account("777788889999", "777788889999", role(ROLES[5], "Reader"), role(ROLES[6])),
  ];
  expect(await run("get-roles")).toEqual({
    stdout: `{"application_url": "${sandbox.applicationUrl()}", "accounts": [${accounts.join(", ")}], "user": "jdoe", "organization": "${sandbox.organization}"}`,
    stderr: "",
    exitCode: 0,
  });
  expect(callsOf(sandbox)).toEqual([
    "POST /api/v1/authn",
    "POST /api/v1/sessions",
    "GET /api/v1/users/me/appLinks",
    "GET /home/amazon_aws/*/272",
    "sign-in POST /saml",
  ]);
});

test.concurrent("text is a line for each role", async ({ enter }) => {
  const { perform } = await enter(withoutFactors("default"));
  const names = ["acme-dev", "acme-dev", "acme-dev", "acme-prod", "acme-prod", "777788889999", "777788889999"];
  expect(await perform("get-roles --output text")).toEqual({
    stdout: ROLES.map((arn, index) => `${names[index]},${arn}\n`).join(""),
    stderr: "",
    exitCode: 0,
  });
});

test.concurrent("text knows every token, and lays it out as Python does", async ({ enter }) => {
  const { sandbox, perform } = await enter(withoutFactors("single-role"));
  const template =
    "{{{account}}}|{account_id}|{account_raw}|{application_url}|{organization}|{role}|{role_suffix}|{user}|{user:>6}|{user:*<6}|";
  const { stdout } = await perform(text(template, "--role-suffix-delimiter", "/"));
  expect(stdout).toBe(
    `{111122223333}|111122223333|Account: 111122223333|${sandbox.applicationUrl()}|${sandbox.organization}|arn:aws:iam::111122223333:role/Developer|developer|jdoe|  jdoe|jdoe**|\n`,
  );
});

test.concurrent("profiles are what ~/.aws/config takes", async ({ enter }) => {
  const { sandbox, perform } = await enter(withoutFactors("default"));
  const { stdout, exitCode } = await perform("get-roles --output profiles --account-alias acme-prod");
  const profile = (section: string, arn: string) => `
[${section}]
credential_process=aws-okta-processor authenticate --organization="${sandbox.organization}" --user="jdoe" --application="${sandbox.applicationUrl()}" --role="${arn}" --key="acme-prod-${arn}"
`;
  expect(exitCode).toBe(0);
  expect(stdout).toBe(profile("acme-prod-developer", ROLES[3]) + profile("acme-prod-readonly", ROLES[4]));
});

const NAMED = "acme-dev\nacme-dev\nacme-dev\nacme-prod\nacme-prod\n777788889999\n777788889999\n";
const UNNAMED = "111122223333\n111122223333\n111122223333\n444455556666\n444455556666\n777788889999\n777788889999\n";

test.concurrent.for([
  ["page-legacy-split", NAMED],
  ["page-meta-data", NAMED],
  ["page-interstitial", UNNAMED],
  ["page-redirect", UNNAMED],
  ["page-error", UNNAMED],
  ["page-empty", UNNAMED],
] as const)("accounts have the names that the sign-in page gives, or their ids: %s", async ([scene, names], { enter }) => {
  const { perform } = await enter(withoutFactors(scene));
  expect(await perform(text("{account}"))).toEqual({ stdout: names, stderr: "", exitCode: 0 });
});

test.concurrent("a sign-in page that is down costs the names and nothing else", async ({ enter }) => {
  const { perform } = await enter(withFaults("no-mfa", { on: "sign-in", status: 503 }));
  expect(await perform(text("{account}"))).toEqual({ stdout: UNNAMED, stderr: "", exitCode: 0 });
  const nobody = { AWS_OKTA_SIGN_IN_URL: "http://127.0.0.1:1025/saml" };
  expect(await perform(text("{account}"), nobody)).toEqual({ stdout: UNNAMED, stderr: "", exitCode: 0 });
});

test.concurrent("a single role is listed without the sign-in page", async ({ enter }) => {
  const { sandbox, perform } = await enter(withoutFactors("single-role"));
  expect(await perform("get-roles --output text")).toMatchObject({ stdout: "111122223333,arn:aws:iam::111122223333:role/Developer\n" });
  expect(sandbox.count("sign-in")).toBe(0);
});

test.concurrent.for([
  ["acme-*", ROLES.slice(0, 5)],
  ["*-[!d]*", ROLES.slice(3, 5)],
  ["7777????9999", ROLES.slice(5)],
] as const)(
  "accounts are filtered as Python's fnmatch does, by alias or by the id where there is none: %s",
  async ([glob, roles], { enter }) => {
    const { perform } = await enter(withoutFactors("default"));
    expect((await perform(text("{role}", "-A", glob))).stdout).toBe(roles.map((arn) => `${arn}\n`).join(""));
  },
);

test.concurrent("hundreds of roles come whole through a pipe", async ({ enter }) => {
  const { run } = await enter(withoutFactors("many-roles"));
  const { stdout, exitCode } = await run("get-roles");
  expect(exitCode).toBe(0);
  const { accounts } = JSON.parse(stdout) as { readonly accounts: readonly { readonly roles: readonly unknown[] }[] };
  expect(accounts.flatMap(({ roles }) => roles)).toHaveLength(270);
});

test.concurrent("whoever reads no further than the first line is no failure", async ({ enter }) => {
  const { env, cwd } = await enter(withoutFactors("many-roles"));
  const script = 'set -o pipefail; "$0" "$1" get-roles --silent --output jsonl | head -n 1';
  const ran = await runWithoutTerminal(["bash", "-c", script, process.execPath, PROGRAM], { env, cwd });
  expect(ran).toEqual({ stdout: expect.stringMatching(/^\{"account":.*\}\n$/), stderr: "", exitCode: 0 });
});

test.concurrent("a factor is answered for the list too", async ({ enter }) => {
  const { sandbox, perform } = await enter("default");
  const { stderr, exitCode } = await perform("get-roles --factor push:okta");
  expect({ stderr, exitCode }).toEqual({ stderr: "waiting for you to approve the Okta Verify push on your phone\n", exitCode: 0 });
  expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(3);
});
