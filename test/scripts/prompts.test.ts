import { scenarios, totpCode } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { DOWN, ENTER, type Ended, UP } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER, READER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { pushed, withFactors, withoutFactors } from "../support/scenario.ts";

const NOBODY = { AWS_OKTA_USER: undefined, AWS_OKTA_PASS: undefined, AWS_OKTA_ORGANIZATION: undefined };
const RIGHT_CODE = () => totpCode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", new Date());
const WRONG_CODE = () => (RIGHT_CODE() === "000000" ? "000001" : "000000");

/** Only the answer is on stdout, nothing on stderr, and the terminal is as it was. */
function expectCredentials(ended: Ended): void {
  expect(ended).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  expect(ended.settings.after).toBe(ended.settings.before);
}

test.concurrent("what was not given is asked for at the terminal, in order, and an answer that cannot be is asked for again", async ({
  enter,
}) => {
  const { sandbox, sit } = await enter("no-mfa");
  const { see, type, end } = await sit("authenticate", NOBODY);
  await see("Okta organization ›");
  type(`not a host${ENTER}`);
  await see("Organization must be a host such as acme.okta.com\n? Okta organization ›");
  type(`${sandbox.organization}${ENTER}`);
  await see("Okta user name ›");
  type(`jdoe${ENTER}`);
  await see(`Password of jdoe at ${sandbox.organization} ›`);
  type(`correct horse${ENTER}`);
  await see("AWS role ›");
  type(ENTER);
  await see("Role: arn:aws:iam::111122223333:role/Administrator\n");
  expectCredentials(await end());
});

test.concurrent("Enter alone is no user name and no password: the question comes again", async ({ enter }) => {
  const { sandbox, sit } = await enter("no-mfa");
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`, { AWS_OKTA_USER: undefined, AWS_OKTA_PASS: undefined });
  await see("Okta user name ›");
  type(ENTER);
  await see("\n? Okta user name ›");
  type(`jdoe${ENTER}`);
  await see("Password of jdoe");
  type(ENTER);
  await see("\n? Password of jdoe");
  type(`correct horse${ENTER}`);
  expectCredentials(await end());
  expect(sandbox.count("POST /api/v1/authn")).toBe(1);
});

test.concurrent("Ctrl-Z does not take anybody away from a question", async ({ enter }) => {
  const { sit } = await enter("totp-only");
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`, { AWS_OKTA_PASS: undefined });
  await see("Password of jdoe");
  type(`\u001acorrect horse${ENTER}`);
  await see("Code from Okta Verify ›");
  type(`\u001a${RIGHT_CODE()}${ENTER}`);
  expectCredentials(await end());
});

test.concurrent("a password is not shown", async ({ enter }) => {
  const { sit } = await enter("no-mfa");
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`, { AWS_OKTA_PASS: undefined });
  await see("Password of jdoe");
  type(`correct horse${ENTER}`);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toMatch(/correct|horse/);
});

test.concurrent("factors that differ are chosen from a menu, those that cannot be used are not in it", async ({ enter }) => {
  const listed = { factorType: "u2f", provider: "FIDO" } as const;
  const { sandbox, sit } = await enter(
    withFactors("default", listed, pushed("SUCCESS"), ...(scenarios["totp-only"].users[0]?.factors ?? [])),
  );
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`);
  await see("Factor › \n❯ Okta Verify push\n  Okta Verify code\n2 ·");
  type(ENTER);
  expectCredentials(await end());
  expect(sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(2);
});

test.concurrent("an application is chosen where there are several", async ({ enter }) => {
  const { sit } = await enter(withoutFactors("two-applications"));
  const { see, type, end } = await sit("authenticate");
  await see("AWS application › \n❯ AWS Development\n  AWS Production\n");
  type(`${DOWN}${ENTER}`);
  await see("AWS role › \nacme-prod (444455556666)\n❯ Developer\n");
  type(`${DOWN}${DOWN}${UP}${ENTER}`);
  await see(`Role: ${READER}\n`);
  expectCredentials(await end());
});

test.concurrent("hundreds of roles are searched by typing, under the heading of their account", async ({ enter }) => {
  const { sit } = await enter(withoutFactors("many-roles"));
  const { see, type, end } = await sit("authenticate");
  await see(/AWS role › \nbilling-dev \(\d{12}\)\n❯ Administrator\n/);
  await see("270 · type to search");
  type("data-test audi");
  await see(/AWS role › data-test audi\ndata-test \(\d{12}\)\n❯ Auditor\n1 of 270 ·/);
  type(ENTER);
  await see(/Role: arn:aws:iam::\d{12}:role\/Auditor\n/);
  expectCredentials(await end());
});

test.concurrent("a search that finds nothing cannot be chosen, and can be taken back", async ({ enter }) => {
  const { sit } = await enter("no-mfa");
  const { see, type, end } = await sit("authenticate");
  await see("7 · type");
  type("zz");
  await see("0 of 7 ·");
  type(`${ENTER}\u007f\u007f`);
  await see("AWS role › \n");
  type("prod read");
  await see("1 of 7 ·");
  type(ENTER);
  await see(`Role: ${READER}\n`);
  expectCredentials(await end());
});

test.concurrent("a code is asked for, again when it was wrong, and the right one signs in", async ({ enter }) => {
  const { sandbox, sit } = await enter("totp-only");
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`);
  await see("Code from Okta Verify ›");
  type(`${WRONG_CODE()}${ENTER}`);
  await see("the code was wrong: try again\n");
  await see("Code from Okta Verify ›");
  type(`${RIGHT_CODE()}${ENTER}`);
  expectCredentials(await end());
  expect(callsOf(sandbox).slice(0, 4)).toEqual([
    "POST /api/v1/authn",
    "POST /api/v1/authn/factors/*/verify",
    "POST /api/v1/authn/factors/*/verify",
    "POST /api/v1/sessions",
  ]);
});

test.concurrent("three wrong codes end the sign-in before Okta locks the account", async ({ enter }) => {
  const { sandbox, sit } = await enter("totp-only");
  const { see, type, end } = await sit(`authenticate --role ${DEVELOPER}`);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await see("Code from Okta Verify › ");
    type(`${WRONG_CODE()}${ENTER}`);
    if (attempt < 3) await see("the code was wrong: try again\n");
  }
  const { stdout, stderr, exitCode } = await end();
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 3 });
  expect(stderr).toBe(
    `aws-okta-processor: ${sandbox.organization} refused the factor 3 times: Invalid Passcode/Answer\nmore attempts would lock the account\n`,
  );
  expect(callsOf(sandbox).at(-1)).toBe("POST /api/v1/authn/cancel");
});

test.concurrent.for([
  ["number-challenge", 30],
  ["number-challenge-zero", 0],
] as const)("the number that the phone asks for is shown, %s, in silence too", async ([scenario, number], { enter }) => {
  const { sit } = await enter(scenario);
  const { see, end } = await sit(`authenticate --silent --role ${DEVELOPER}`);
  await see(`Choose ${number} in Okta Verify on your phone`);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toContain("Role:");
});

test.concurrent("silence stops what only informs, never a question", async ({ enter }) => {
  const { sit } = await enter(withFactors("default", pushed("WAITING", "SUCCESS")));
  const { see, type, end } = await sit(`authenticate --silent --role ${DEVELOPER}`, { AWS_OKTA_PASS: undefined });
  await see("Password of jdoe");
  type(`correct horse${ENTER}`);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toMatch(/waiting|Role:/);
});

test.concurrent("what a prompt waits for is taken away when it is done, and the role stays", async ({ enter }) => {
  const { sit } = await enter(withFactors("default", pushed("SUCCESS")));
  const { see, end } = await sit(`authenticate --role ${DEVELOPER}`);
  await see("waiting for you to approve the Okta Verify push on your phone");
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).toMatch(/phone\rRole: \S+\n$/);
});
