import type { FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { factor as google } from "../../../plugins/factor-code/src/google-authenticator.ts";
import { factor as okta } from "../../../plugins/factor-code/src/okta-verify.ts";
import { challenged, converse, enrolledAs, refused } from "../ask.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const required = { kind: "required" } as const;
const enrolled = enrolledAs("token:software:totp:okta", { profile: { credentialId: "jdoe" } });
const atGoogle = enrolledAs("token:software:totp:google", { profile: { credentialId: "jdoe" } });
const question = { purpose: "code", message: "Code from Okta Verify", secret: false };
const notOfThisMoment = "this code is not of this moment: wait for the next one, and look whether the clock of the phone is right";
const noCode = "tell: that is no code from Okta Verify, which has six digits";
const locked = "okta locked the account after too many wrong codes";

runPackageChecks("factor-code");
runChecks("okta", factorChecks(okta, { enrolled }));
runChecks("google", factorChecks(google, { enrolled: atGoogle }));

test("each app is called by its name", () => {
  expect([okta.describe(enrolled), google.describe(atGoogle)]).toEqual(["Okta Verify code", "Google Authenticator code"]);
});

test("the code is asked for and sent", async () => {
  expect(await respond(required, "123456")).toEqual([{ do: "send", fields: { passCode: "123456" } }, [question], []]);
});

test("the question names the app", async () => {
  expect(await converse({ factor: google, enrolled: atGoogle, state: required }, "123456")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    [{ purpose: "code", message: "Code from Google Authenticator", secret: false }],
    [],
  ]);
});

test("spaces in a code are not part of it", async () => {
  expect(await respond(required, " 123\u00a0 456\t\n")).toEqual([{ do: "send", fields: { passCode: "123456" } }, [question], []]);
});

test("an empty answer is asked for again, three times at most", async () => {
  expect(await respond(required, "", "123456")).toEqual([{ do: "send", fields: { passCode: "123456" } }, [question, question], []]);
  expect(await respond(required, "", " ", "", "123456")).toEqual([
    { do: "give-up", reason: "no code was given" },
    [question, question, question],
    ["123456"],
  ]);
});

test.each(["12345", "123456789", "12345a", "abcdef", "-123456"])("%j costs no attempt: it is said to be no code", async (typed) => {
  expect(await respond(required, typed, "123456")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    [question, noCode, question],
    [],
  ]);
});

test("a code of eight digits is sent", async () => {
  expect(await respond(required, "1234 5678")).toEqual([{ do: "send", fields: { passCode: "12345678" } }, [question], []]);
});

test.each([undefined, "WAITING", "CHALLENGE"])("a challenge with the result %j waits for the code", async (result) => {
  expect(await respond(challenged(result, { canResend: false }), "123456")).toEqual([
    { do: "send", fields: { passCode: "123456" } },
    [question],
    [],
  ]);
});

test.each([
  ["E0000068", "the code was wrong: try again"],
  ["E0000082", "this code was used before: wait for the next one"],
  ["PASSCODE_REPLAYED", "this code was used before: wait for the next one"],
  ["E0000083", notOfThisMoment],
  ["TIME_WINDOW_EXCEEDED", notOfThisMoment],
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
  ["E0000113", 2, "the code was refused with E0000113"],
  ["E0000109", 2, "okta was asked for another code too soon"],
  ["\u001b[2J\n", 2, "the code was refused with [2J"],
  ["", 2, "the code was refused with no reason"],
  ["E0000068", 0, "the code was wrong"],
  ["E0000082", 0, "this code was used before"],
])("%j with %i attempts left ends it", async (code, attemptsLeft, reason) => {
  expect(await respond(refused(code, attemptsLeft))).toEqual([{ do: "give-up", reason }, [], []]);
});

test.each<[FactorState, string]>([
  [challenged("REJECTED", { canResend: true }), "the code was refused with REJECTED"],
  [{ kind: "elsewhere", url: new URL("https://login.example.net/") }, "the code was refused with a redirect"],
])("%j ends it", async (state, reason) => {
  expect(await respond(state)).toEqual([{ do: "give-up", reason }, [], []]);
});

/** What Okta Verify's factor answers, what it said, and the person's answers that are left. */
function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
  return converse({ factor: okta, enrolled, state }, ...answers);
}
