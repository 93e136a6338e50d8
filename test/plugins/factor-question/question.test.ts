import type { FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { factor } from "../../../plugins/factor-question/src/question.ts";
import { challenged, converse, enrolledAs, refused } from "../ask.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const profile = { question: "custom", questionText: "What did you call your first bicycle?" };
const enrolled = enrolledAs("question:okta", { profile });
const required = { kind: "required" } as const;
const question = { purpose: "answer", message: "What did you call your first bicycle?", secret: true };

runPackageChecks("factor-question");
runChecks("question", factorChecks(factor, { enrolled }));

test("the menu does not tell the question", () => {
  expect(factor.describe(enrolled)).toBe("Security question");
});

test("the question is asked hidden, and the answer sent as it was typed", async () => {
  expect(await respond(required, " Blue  Lightning ")).toEqual([{ do: "send", fields: { answer: " Blue  Lightning " } }, [question], []]);
});

test.each([undefined, "WAITING", "CHALLENGE"])("a challenge with the result %j waits for the answer", async (result) => {
  expect(await respond(challenged(result, { canResend: false }), "Blue")).toEqual([
    { do: "send", fields: { answer: "Blue" } },
    [question],
    [],
  ]);
});

test.each([
  [{ questionText: "\u001b[2J\u202eWho?\nReally" }, "[2J Who? Really"],
  [{ questionText: " \u0007\n" }, "Answer to your security question"],
  [{ questionText: null }, "Answer to your security question"],
  [{}, "Answer to your security question"],
])("the profile %j asks %j", async (given, message) => {
  expect(await converse({ factor, enrolled: { ...enrolled, profile: given }, state: required }, "Blue")).toEqual([
    { do: "send", fields: { answer: "Blue" } },
    [{ ...question, message }],
    [],
  ]);
});

test("an empty answer is asked for again, three times at most", async () => {
  expect(await respond(required, "", "Blue")).toEqual([{ do: "send", fields: { answer: "Blue" } }, [question, question], []]);
  expect(await respond(required, "", " ", "\t", "Blue")).toEqual([
    { do: "give-up", reason: "no answer was given" },
    [question, question, question],
    ["Blue"],
  ]);
});

test("after a wrong answer it is asked again", async () => {
  expect(await respond(refused("E0000068", 1), "Blue")).toEqual([
    { do: "send", fields: { answer: "Blue" } },
    ["tell: the answer was wrong: try again", question],
    [],
  ]);
});

test.each<[FactorState, string]>([
  [refused("E0000068", 0), "the answer was wrong"],
  [refused("E0000069", 2), "okta locked the account after too many wrong answers"],
  [refused("E0000119", 2), "okta locked the account after too many wrong answers"],
  [refused("E0000006", 2), "the answer was refused with E0000006"],
  [refused("\n", 2), "the answer was refused with no reason"],
  [challenged("REJECTED", { canResend: false }), "okta did not take the answer"],
  [{ kind: "elsewhere", url: new URL("https://login.example.net/") }, "okta did not take the answer"],
])("%j ends it", async (state, reason) => {
  expect(await respond(state)).toEqual([{ do: "give-up", reason }, [], []]);
});

function respond(state: FactorState, ...answers: readonly string[]): Promise<unknown> {
  return converse({ factor, enrolled, state }, ...answers);
}
