import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { CONTROL_C, CONTROL_D, DOWN, ENTER } from "../support/pty.ts";
import { type Scene, test } from "../support/sandbox-home.ts";
import { withoutFactors } from "../support/scenario.ts";

const CANCELLED = { stdout: "", stderr: "aws-okta-processor: cancelled\n", exitCode: 130 };
const CANCEL = "POST /api/v1/authn/cancel";

interface Wait {
  readonly at: string;
  readonly scene: Scene;
  readonly shown: string;
  /** The variable that would have answered. */
  readonly without?: string;
  /** Whether Okta has a sign-in that would wait for nobody. */
  readonly isOpen?: boolean;
}

const WAITS: readonly Wait[] = [
  { at: "the question for the organization", scene: "no-mfa", shown: "Okta organization ›", without: "AWS_OKTA_ORGANIZATION" },
  { at: "the question for the user", scene: "no-mfa", shown: "Okta user name ›", without: "AWS_OKTA_USER" },
  { at: "the question for the password", scene: "no-mfa", shown: "Password of jdoe at", without: "AWS_OKTA_PASS" },
  { at: "the menu of factors", scene: "default", shown: "Factor ›", isOpen: true },
  { at: "the question for a code", scene: "totp-only", shown: "Code from Okta Verify ›", isOpen: true },
  { at: "the menu of applications", scene: withoutFactors("two-applications"), shown: "AWS application ›" },
  { at: "the menu of roles", scene: "no-mfa", shown: "AWS role ›" },
  { at: "a push that nobody answers", scene: "push-manual", shown: "waiting for you", isOpen: true },
];

function change({ without }: Wait): Readonly<Record<string, undefined>> {
  return without === undefined ? {} : { [without]: undefined };
}

for (const wait of WAITS.filter(({ scene }) => scene !== "push-manual")) {
  test.concurrent(`Ctrl-D at ${wait.at} is as good as Ctrl-C`, async ({ enter }) => {
    const { sandbox, sit } = await enter(wait.scene);
    const { see, type, end } = await sit("authenticate", change(wait));
    await see(wait.shown);
    type(CONTROL_D);
    const ended = await end();
    expect(ended).toMatchObject(CANCELLED);
    expect(ended.settings.after).toBe(ended.settings.before);
    expect(sandbox.count(CANCEL)).toBe(wait.isOpen === true ? 1 : 0);
  });
}

for (const wait of WAITS) {
  test.concurrent(`Ctrl-C at ${wait.at} ends with 130, one line, and the terminal as it was`, async ({ enter }) => {
    const { sandbox, sit } = await enter(wait.scene);
    const { see, type, end } = await sit("authenticate", change(wait));
    await see(wait.shown);
    type(CONTROL_C);
    const ended = await end();
    expect(ended).toMatchObject(CANCELLED);
    expect(ended.settings.after).toBe(ended.settings.before);
    expect(sandbox.count(CANCEL)).toBe(wait.isOpen === true ? 1 : 0);
  });

  test.concurrent(`a window closed at ${wait.at} ends the program soon`, async ({ enter }) => {
    const { sandbox, sit } = await enter(wait.scene);
    const { see, hangUp, end } = await sit("authenticate", change(wait), "alone");
    await see(wait.shown);
    const before = Date.now();
    hangUp();
    expect(await end()).toMatchObject({ stdout: "", exitCode: 130 });
    expect(Date.now() - before).toBeLessThan(10_000);
    expect(sandbox.count(CANCEL)).toBe(wait.isOpen === true ? 1 : 0);
  });
}

test.concurrent("a request to end during a push cancels it at Okta", async ({ enter }) => {
  const { sandbox, sit } = await enter("push-manual");
  const { see, pid, end } = await sit("authenticate", {}, "alone");
  await see("waiting for you");
  process.kill(pid, "SIGTERM");
  expect(await end()).toMatchObject(CANCELLED);
  expect(callsOf(sandbox).at(-1)).toBe(CANCEL);
});

test.concurrent("Ctrl-C does not wait for a slow organization", async ({ enter }) => {
  const { sit } = await enter("no-mfa", { latencyMs: 5000 });
  const { see, type, end } = await sit("authenticate", { AWS_OKTA_PASS: undefined });
  await see("Password of jdoe");
  type(`correct horse${ENTER}`);
  await see("*************\n");
  await setTimeout(500);
  const before = Date.now();
  type(CONTROL_C);
  expect(await end()).toMatchObject(CANCELLED);
  expect(Date.now() - before).toBeLessThan(10_000);
});

test.concurrent.for([
  ["push-rejected", "the push was rejected on the phone"],
  ["push-timeout", "nobody answered the push in time"],
] as const)("%s: the terminal says why, and is as it was", async ([scene, reason], { enter }) => {
  const { sandbox, sit } = await enter(scene);
  const { see, type, end } = await sit("authenticate");
  await see("waiting for you");
  if (scene === "push-timeout") {
    await see("Nobody answered the push › \n❯ Send another push\n  Choose another factor\n  Give up\n");
    type(`${DOWN}${DOWN}${ENTER}`);
  }
  const ended = await end();
  expect(ended).toMatchObject({ stdout: "", stderr: `aws-okta-processor: ${reason}\n`, exitCode: 3 });
  expect(ended.settings.after).toBe(ended.settings.before);
  expect(callsOf(sandbox).at(-1)).toBe(CANCEL);
});
