import type { FactorState } from "@aws-okta-processor/contract";
import { factorChecks } from "@aws-okta-processor/contract/conformance";
import { describe, expect, test } from "vitest";
import { factor } from "../../../plugins/factor-push/src/push.ts";
import { challenged, converse, enrolledAs, refused } from "../ask.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const enrolled = enrolledAs("push:okta");
const choices = ["Send another push", "Choose another factor", "Give up"];
const question = { purpose: "choice", message: "Nobody answered the push", secret: false, choices };

runPackageChecks("factor-push");
runChecks("push", factorChecks(factor, { enrolled }));

test("the push is sent first", async () => {
  expect(await respond({ kind: "required" })).toEqual([{ do: "begin" }, [], []]);
});

test.each([undefined, null, {}, { correctAnswer: null }, { correctAnswer: "30" }])(
  "waiting with %j is said and asked after again",
  async (challenge) => {
    expect(await respond(waiting(challenge))).toEqual([
      { do: "poll", afterMs: 1000 },
      ["progress: waiting for you to approve the Okta Verify push on your phone"],
      [],
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
    [],
  ]);
});

test.each([
  ["REJECTED", "the push was rejected on the phone"],
  ["CANCELLED", "the push was cancelled"],
  ["ERROR", "the push failed with ERROR"],
  ["E0000073", "the push failed with E0000073"],
  ["\u001b[2J\n", "the push failed with [2J"],
  ["", "the push failed with no reason"],
])("%j ends it, with the reason, and nobody is asked", async (code, reason) => {
  expect(await respond(refused(code, 2))).toEqual([{ do: "give-up", reason }, [], []]);
  expect(await respond(challenged(code, { canResend: true }))).toEqual([{ do: "give-up", reason }, [], []]);
});

test("being sent elsewhere ends it", async () => {
  const state: FactorState = { kind: "elsewhere", url: new URL("https://login.example.net/") };
  expect(await respond(state)).toEqual([{ do: "give-up", reason: "the push failed with a redirect" }, [], []]);
});

describe("after a push that nobody answered", () => {
  const reason = "nobody answered the push in time";

  test.each([refused("TIMEOUT", 2), challenged("TIMEOUT", { canResend: true })])(
    "in %j another is sent only when asked for",
    async (state) => {
      expect(await respond(state, "Send another push")).toEqual([{ do: "resend" }, [question], []]);
      expect(await respond(state, "Choose another factor")).toEqual([{ do: "back" }, [question], []]);
      expect(await respond(state, "Give up")).toEqual([{ do: "give-up", reason }, [question], []]);
    },
  );

  test("that Okta does not resend, a new one is begun", async () => {
    expect(await respond(challenged("TIMEOUT", { canResend: false }), "Send another push")).toEqual([{ do: "begin" }, [question], []]);
  });

  test("where nobody can be asked, that nobody answered is the news", async () => {
    const noTerminal = Object.assign(new Error("there is no terminal to ask for: Nobody answered the push"), { code: "NO_TERMINAL" });
    expect(await respond(refused("TIMEOUT", 2), noTerminal)).toEqual([{ do: "give-up", reason }, [question], []]);
  });

  test.each([Object.assign(new Error("cancelled"), { code: "CANCELLED" }), new Error("broken")])(
    "what else ends the question, %o, passes",
    async (error) => {
      await expect(respond(refused("TIMEOUT", 2), error)).rejects.toBe(error);
    },
  );

  test("with no attempt left, nobody is asked", async () => {
    expect(await respond(refused("TIMEOUT", 0))).toEqual([{ do: "give-up", reason }, [], []]);
  });
});

describe("its line in the menu", () => {
  test.each([
    [{}, "Okta Verify push"],
    [{ name: "Jane's iPhone" }, "Okta Verify push (Jane's iPhone)"],
    [{ name: " \u001b[2J\n\u009b\u202ePhone " }, "Okta Verify push ([2J Phone)"],
    [{ name: " \n" }, "Okta Verify push"],
    [{ name: 7 }, "Okta Verify push"],
  ])("of the profile %j is %j", (profile, line) => {
    expect(factor.describe({ ...enrolled, profile })).toBe(line);
  });
});

function waiting(challenge: unknown): FactorState {
  return { kind: "challenged", result: "WAITING", challenge, factors: [enrolled], canResend: true };
}

function respond(state: FactorState, ...answers: readonly (string | Error)[]): Promise<unknown> {
  return converse({ factor, enrolled, state }, ...answers);
}
