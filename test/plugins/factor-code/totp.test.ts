import type { EnrolledFactor, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { factor as google } from "../../../plugins/factor-code/src/google-authenticator.ts";
import { factor as okta } from "../../../plugins/factor-code/src/okta-verify.ts";
import { conversation } from "../ask.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const question = { purpose: "code", message: "Code from Okta Verify", secret: false };
const locked = "okta locked the account after too many wrong codes";

runPackageChecks("factor-code");
runChecks("okta", factorChecks(okta, { enrolled: enrolledAt("OKTA") }));
runChecks("google", factorChecks(google, { enrolled: enrolledAt("GOOGLE") }));

test("each app is called by its name", () => {
  expect([okta.describe(enrolledAt("OKTA")), google.describe(enrolledAt("GOOGLE"))]).toEqual([
    "Okta Verify code",
    "Google Authenticator code",
  ]);
});

test("the code is asked for and sent", async () => {
  expect(await respond({ kind: "required" }, "123456")).toEqual([{ do: "send", fields: { passCode: "123456" } }, [question], []]);
});

test("the question names the app", async () => {
  const { host, said } = conversation("123456");
  await google.respond({ kind: "required" }, host, enrolledAt("GOOGLE"));
  expect(said).toEqual([{ purpose: "code", message: "Code from Google Authenticator", secret: false }]);
});

test("spaces in a code are not part of it", async () => {
  expect(await respond({ kind: "required" }, " 123\u00a0 456\t\n")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    [question],
    [],
  ]);
});

test("an empty answer is asked for again, three times at most", async () => {
  expect(await respond({ kind: "required" }, "", "123456")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    [question, question],
    [],
  ]);
  expect(await respond({ kind: "required" }, "", " ", "", "123456")).toEqual([
    { do: "give-up", reason: "no code was given" },
    [question, question, question],
    ["123456"],
  ]);
});

test.each([undefined, "WAITING", "CHALLENGE"])("a challenge with the result %j waits for the code", async (result) => {
  const state: FactorState = { kind: "challenged", result, challenge: undefined, factors: [], canResend: false };
  expect(await respond(state, "123456")).toEqual([{ do: "send", fields: { passCode: "123456" } }, [question], []]);
});

test.each([
  ["E0000068", "the code was wrong: try again"],
  ["E0000082", "this code was used before: wait for the next one"],
  ["PASSCODE_REPLAYED", "this code was used before: wait for the next one"],
  ["E0000083", "this code is not of this moment: wait for the next one, and look whether the clock of the phone is right"],
  ["TIME_WINDOW_EXCEEDED", "this code is not of this moment: wait for the next one, and look whether the clock of the phone is right"],
])("after %s another code is asked for, with the reason", async (code, reason) => {
  expect(await respond(refused(code, 1), "654321")).toEqual([
    { do: "send", fields: { passCode: "654321" } },
    [`tell: ${reason}`, question],
    [],
  ]);
});

test.each([
  ["E0000069", 2, locked],
  ["E0000119", 2, locked],
  ["E0000006", 2, "the code was refused with E0000006"],
  ["E0000068", 0, "the code was wrong"],
  ["E0000082", 0, "this code was used before"],
])("%s with %i attempts left ends it", async (code, attemptsLeft, reason) => {
  expect(await respond(refused(code, attemptsLeft))).toEqual([{ do: "give-up", reason }, [], []]);
});

function enrolledAt(provider: string): EnrolledFactor {
  const key = `token:software:totp:${provider.toLowerCase()}`;
  return { key, factorType: "token:software:totp", provider, vendorName: provider, profile: { credentialId: "jdoe" } };
}

function refused(code: string, attemptsLeft: number): FactorState {
  return { kind: "refused", code, message: "", attemptsLeft };
}

/** What Okta Verify's factor answers, what it said, and the person's answers that are left. */
async function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
  const { host, said, left } = conversation(...answers);
  return [await okta.respond(state, host, enrolledAt("OKTA")), said, left];
}
