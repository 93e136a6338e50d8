import type { EnrolledFactor, FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor } from "../../../plugins/factor-push/src/push.ts";
import { conversation } from "../ask.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const enrolled: EnrolledFactor = { key: "push:okta", factorType: "push", provider: "OKTA", vendorName: "OKTA", profile: {} };

runPackageChecks("factor-push");
runChecks("push", factorChecks(factor, { enrolled }));

test("the push is sent first", async () => {
  expect(await respond({ kind: "required" })).toEqual([{ do: "begin" }, []]);
});

test.each([undefined, null, {}, { correctAnswer: null }, { correctAnswer: "30" }])(
  "waiting with %j is said and asked after again",
  async (challenge) => {
    expect(await respond(waiting(challenge))).toEqual([
      { do: "poll", afterMs: 1000 },
      ["progress: waiting for you to approve the Okta Verify push on your phone"],
    ]);
  },
);

test.each([30, 0])("the number %i is told, and waited for", async (correctAnswer) => {
  expect(await respond(waiting({ correctAnswer }))).toEqual([
    { do: "poll", afterMs: 1000 },
    [
      `tell: Choose ${correctAnswer} in Okta Verify on your phone`,
      "progress: waiting for you to approve the Okta Verify push on your phone",
    ],
  ]);
});

test.each([
  ["REJECTED", "the push was rejected on the phone"],
  ["TIMEOUT", "nobody answered the push in time"],
  ["CANCELLED", "the push was cancelled"],
  ["E0000073", "the push failed with E0000073"],
])("%s ends it, with the reason", async (code, reason) => {
  expect(await respond({ kind: "refused", code, message: "", attemptsLeft: 2 })).toEqual([{ do: "give-up", reason }, []]);
  expect(await respond({ kind: "challenged", result: code, challenge: undefined, factors: [enrolled], canResend: true })).toEqual([
    { do: "give-up", reason },
    [],
  ]);
});

describe("its line in the menu", () => {
  test.each([
    [{}, "Okta Verify push"],
    [{ name: "Jane's iPhone" }, "Okta Verify push (Jane's iPhone)"],
    [{ name: " \u001b[2J\n\u009bPhone " }, "Okta Verify push ([2J Phone)"],
    [{ name: " \n" }, "Okta Verify push"],
    [{ name: 7 }, "Okta Verify push"],
  ])("of the profile %j is %j", (profile, line) => {
    expect(factor.describe({ ...enrolled, profile })).toBe(line);
  });
});

function waiting(challenge: unknown): FactorState {
  return { kind: "challenged", result: "WAITING", challenge, factors: [enrolled], canResend: true };
}

async function respond(state: FactorState): Promise<unknown> {
  const { host, said } = conversation();
  return [await factor.respond(state, host, enrolled), said];
}
