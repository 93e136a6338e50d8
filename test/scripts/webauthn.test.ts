import path from "node:path";
import type { WebAuthnFactor } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { CONTROL_C, DOWN, ENTER, type Ended } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withFactors } from "../support/scenario.ts";
import { enrol, installSecurityKeys, type SecurityKey, securityKey } from "../support/security-keys.ts";

const COMMAND = `authenticate --factor webauthn:fido --role ${DEVELOPER}`;
const TOUCH = "Touch your security key\n";
const PIN = "Enter the PIN of your security key, then touch it\nEnter PIN for /dev/hidraw4: ";
const CANCEL = "POST /api/v1/authn/cancel";

const { credential, factor } = enrol("127.0.0.1");
const other = enrol("127.0.0.1", { authenticatorName: "Spare" });
const strict: WebAuthnFactor = { ...factor, userVerification: "required" };

/** Only the answer is on stdout, nothing on stderr, and the terminal is as it was. */
function expectCredentials(ended: Ended): void {
  expect(ended).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  expect(ended.settings.after).toBe(ended.settings.before);
}

/** Jane's machine has the programs, and these keys are plugged in; `PATH` is to be given to the program. */
function plugIn({ home, env }: Place, ...keys: readonly SecurityKey[]) {
  const installed = installSecurityKeys(home);
  installed.plugIn(...keys);
  return { ...installed, PATH: [installed.bin, env["PATH"]].join(path.delimiter) };
}

test.concurrent("a touch of the security key gives the credentials", async ({ enter }) => {
  const place = await enter(withFactors("default", factor));
  const { PATH } = plugIn(place, securityKey([credential]));
  const { see, end } = await place.sit(COMMAND, { PATH });
  await see(TOUCH);
  expectCredentials(await end());
  expect(place.sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(2);
});

test.concurrent("silence does not hide that a touch is waited for, and no terminal is needed for it", async ({ enter }) => {
  const place = await enter(withFactors("default", factor));
  const { PATH } = plugIn(place, securityKey([credential]));
  expect(await place.run(`${COMMAND} --silent`, { PATH })).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: TOUCH,
    exitCode: 0,
  });
});

test.concurrent("the PIN is asked for at the terminal by the program that needs it, and not shown", async ({ enter }) => {
  const place = await enter(withFactors("default", strict));
  const { PATH } = plugIn(place, securityKey([credential], { pin: "271828" }));
  const { see, type, end } = await place.sit(COMMAND, { PATH });
  await see(PIN);
  type(`271828${ENTER}`);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toContain("271828");
});

test.concurrent("after a wrong PIN the right one signs in", async ({ enter }) => {
  const place = await enter(withFactors("default", strict));
  const { PATH } = plugIn(place, securityKey([credential], { pin: "271828" }));
  const { see, type, end } = await place.sit(COMMAND, { PATH });
  await see(PIN);
  type(`314159${ENTER}`);
  await see("The PIN of the security key was wrong › \n❯ Try again\n  Use another factor\n");
  type(ENTER);
  await see(PIN);
  type(`271828${ENTER}`);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toContain("FIDO_ERR");
});

test.concurrent("a key that is plugged in when it is asked for signs in", async ({ enter }) => {
  const place = await enter(withFactors("default", factor));
  const { PATH, plugIn: plug } = plugIn(place);
  const { see, type, end } = await place.sit(COMMAND, { PATH });
  await see("No security key is plugged in, or it may not be used ›");
  plug(securityKey([credential]));
  type(ENTER);
  await see(TOUCH);
  expectCredentials(await end());
});

test.concurrent("without a key another factor may be taken", async ({ enter }) => {
  const totp = { factorType: "token:software:totp", provider: "OKTA", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" } as const;
  const place = await enter(withFactors("default", factor, totp));
  const { PATH } = plugIn(place);
  const { see, type, end } = await place.sit(COMMAND, { PATH });
  await see("No security key is plugged in, or it may not be used ›");
  type(`${DOWN}${ENTER}`);
  await see("Factor › \n");
  await see("Okta Verify code\n");
  type(CONTROL_C);
  expect((await end()).exitCode).toBe(130);
});

test.concurrent("without the programs the packages are named that hold them", async ({ enter }) => {
  const place = await enter(withFactors("default", factor));
  expect(await place.run(COMMAND, { PATH: path.dirname(process.execPath) })).toEqual({
    stdout: "",
    stderr: `aws-okta-processor: a security key needs the programs fido2-token and fido2-assert, which are not installed
install fido2-tools (Debian, Ubuntu, Fedora), libfido2-utils (openSUSE) or libfido2 (Arch, FreeBSD, Homebrew)
`,
    exitCode: 3,
  });
});

test.concurrent("of two keys the one that was enrolled is found without asking", async ({ enter }) => {
  const place = await enter(withFactors("default", factor, other.factor));
  const strange = securityKey([], { path: "/dev/hidraw1", product: "Key 3" });
  const { PATH } = plugIn(place, strange, securityKey([other.credential]));
  const { see, end } = await place.sit(COMMAND, { PATH });
  await see(TOUCH);
  const ended = await end();
  expectCredentials(ended);
  expect(ended.shown).not.toContain("FIDO_ERR");
});

test.concurrent("of two keys that may both answer the person chooses", async ({ enter }) => {
  const place = await enter(withFactors("default", factor, other.factor));
  const spare = securityKey([other.credential], { path: "/dev/hidraw1", product: "Key 3", touch: "waited for" });
  const { PATH } = plugIn(place, spare, securityKey([credential]));
  const { see, type, end } = await place.sit(COMMAND, { PATH });
  await see("Security key › \n❯ Example Key 3 (/dev/hidraw1)\n  Example Key 5 (/dev/hidraw4)\n");
  type(`${DOWN}${ENTER}`);
  await see(TOUCH);
  expectCredentials(await end());
});

test.concurrent("an answer that Okta does not accept is asked for again, three times at most", async ({ enter }) => {
  const place = await enter(withFactors("default", factor));
  const { PATH } = plugIn(place, securityKey([credential], { lies: "in its signature" }));
  const { see, end } = await place.sit(COMMAND, { PATH });
  await see(TOUCH);
  await see(`the security key's answer was not accepted: try again\n${TOUCH}`);
  await see(`the security key's answer was not accepted: try again\n${TOUCH}`);
  expect(await end()).toMatchObject({ stdout: "", exitCode: 3 });
  expect(place.sandbox.count(CANCEL)).toBe(1);
});

for (const [at, enrolled, shown] of [
  ["a touch that does not come", factor, TOUCH],
  ["the question for the PIN", strict, PIN],
] as const) {
  test.concurrent(`Ctrl-C at ${at} ends the other program too, and leaves the terminal as it was`, async ({ enter }) => {
    const place = await enter(withFactors("default", enrolled));
    const { PATH, waiting } = plugIn(place, securityKey([credential], { pin: "271828", touch: "waited for" }));
    const { see, type, end } = await place.sit(COMMAND, { PATH });
    await see(shown);
    const pid = await waiting();
    type(CONTROL_C);
    const ended = await end();
    expect(ended).toMatchObject({ stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 });
    expect(ended.settings.after).toBe(ended.settings.before);
    expect(place.sandbox.count(CANCEL)).toBe(1);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
}
