/** An organization that a dotfile in the working directory names: nothing is sent there before the person has agreed, once. */
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --no-aws-cache --role ${DEVELOPER}`;
/** Not from a variable. */
const FROM_FILE = { AWS_OKTA_ORGANIZATION: undefined };

function nameOrganization({ sandbox }: Place, folder: string): string {
  const file = path.join(folder, ".awsoktaprocessor");
  writeFileSync(file, `[defaults]\norganization = ${sandbox.organization}\n`);
  return file;
}

const unknown = ({ sandbox, cwd }: Place) =>
  `${sandbox.organization} was never used here, and is named by organization in [defaults] of ${path.join(cwd, ".awsoktaprocessor")}`;

describe.for([
  ["authenticate", LINE],
  ["get-roles", "get-roles --silent"],
] as const)("%s", ([, line]) => {
  test("asks, and sends nothing where the answer is no", async ({ enter }) => {
    const place = await enter("no-mfa");
    nameOrganization(place, place.cwd);
    const { see, type, end } = await place.sit(line, FROM_FILE);
    await see("Sign in jdoe there? (y/N) ›");
    type("\r");
    const { shown, stdout, stderr, exitCode } = await end();
    expect(shown).toContain(unknown(place));
    expect([stdout, stderr, exitCode, place.sandbox.count()]).toEqual(["", "aws-okta-processor: nothing was sent\n", 130, 0]);
  });

  test("fails where nobody can be asked", async ({ enter }) => {
    const place = await enter("no-mfa");
    nameOrganization(place, place.cwd);
    const { stdout, stderr, exitCode } = await place.run(line, FROM_FILE);
    expect([stdout, exitCode, place.sandbox.count()]).toEqual(["", 2, 0]);
    expect(stderr).toBe(`aws-okta-processor: ${unknown(place)}\ngive --organization or AWS_OKTA_ORGANIZATION if you trust it\n`);
  });
});

test("asks once", async ({ enter }) => {
  const place = await enter("no-mfa");
  nameOrganization(place, place.cwd);
  const { see, type, end } = await place.sit(LINE, FROM_FILE);
  await see("Sign in jdoe there? (y/N) ›");
  type("y\r");
  expect(await end()).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  const again = await place.run(`${LINE} --no-okta-cache`, FROM_FILE);
  expect([again.stderr, again.exitCode, place.sandbox.count("POST /api/v1/authn")]).toEqual(["", 0, 2]);
});

test("does not ask about one that was used before, however it was named", async ({ enter }) => {
  const place = await enter("no-mfa");
  nameOrganization(place, place.cwd);
  expect(await place.run(LINE, FROM_FILE)).toMatchObject({ exitCode: 2 });
  await place.run(LINE);
  expect(await place.run(`${LINE} --no-okta-cache`, FROM_FILE)).toMatchObject({ stderr: "", exitCode: 0 });
});

test("does not ask about one of a kept session, as the original leaves it", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(LINE);
  rmSync(path.join(place.home, ".aws-okta-processor/cache/organizations.json"));
  nameOrganization(place, place.cwd);
  expect(await place.run(`${LINE} --no-okta-cache`, FROM_FILE)).toMatchObject({ stderr: "", exitCode: 0 });
});

test("does not ask about one of the dotfile at home", async ({ enter }) => {
  const place = await enter("no-mfa");
  nameOrganization(place, place.home);
  expect(await place.run(LINE, FROM_FILE)).toMatchObject({ stderr: "", exitCode: 0 });
});

test("credentials that are kept are printed without a question, for nothing is sent", async ({ enter }) => {
  const place = await enter("no-mfa");
  const line = `authenticate --silent --role ${DEVELOPER}`;
  const { stdout } = await place.run(line);
  nameOrganization(place, place.cwd);
  rmSync(path.join(place.home, ".aws-okta-processor/cache/organizations.json"));
  expect(await place.run(line, FROM_FILE)).toMatchObject({ stdout, stderr: "", exitCode: 0 });
});
