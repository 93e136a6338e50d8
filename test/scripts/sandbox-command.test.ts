import { expect } from "vitest";
import { CONTROL_C } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

test.concurrent("somebody plays the phone in one terminal and signs in at another", async ({ enter }) => {
  const { sit } = await enter("no-mfa");
  const phone = await sit("sandbox --scenario push-manual", {}, "on a screen");
  await phone.see("Ctrl-C stops.");
  const laptop = await sit(`authenticate --role ${DEVELOPER}`, variablesIn(phone.shown()));
  await phone.see("A push for jdoe@example.com waits: press a to approve");
  await laptop.see("waiting for you to approve");
  phone.type("a");
  await phone.see("approved");
  const answered = await laptop.end();
  expect(answered).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
  await phone.see(/sts +POST \/ AssumeRoleWithSAML +200\n/);
  phone.type(CONTROL_C);
  const ended = await phone.end();
  expect(ended.exitCode).toBe(0);
  expect(ended.settings.after).toBe(ended.settings.before);
});

/** The lines that the command prints to be pasted. */
function variablesIn(shown: string): Readonly<Record<string, string>> {
  const lines = shown.matchAll(/^ +export (\w+)='([^']*)'$/gm);
  return Object.fromEntries(Array.from(lines, ([, name = "", value = ""]) => [name, value]));
}
