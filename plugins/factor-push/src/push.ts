import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";

/** Okta Verify push: Okta asks the phone, we ask Okta until it knows. */
export const factor: Factor = {
  describe: (enrolled) => ["Okta Verify push", deviceOf(enrolled)].filter((part) => part !== undefined).join(" "),
  respond: async (state, host) => next(state, host),
};

const pollEveryMs = 1000;

/** By what Okta calls its refusal. */
const refusals: ReadonlyMap<string, string> = new Map([
  ["REJECTED", "the push was rejected on the phone"],
  ["TIMEOUT", "nobody answered the push in time"],
  ["CANCELLED", "the push was cancelled"],
]);

function next(state: FactorState, host: FactorHost): FactorAnswer {
  switch (state.kind) {
    case "required":
      return { do: "begin" };
    case "challenged":
      return wait(state.result, state.challenge, host);
    case "elsewhere":
      return giveUp("elsewhere");
    case "refused":
      return giveUp(state.code);
  }
}

function wait(result: string | undefined, challenge: unknown, host: FactorHost): FactorAnswer {
  if (result !== undefined && result !== "WAITING") return giveUp(result);
  const number = numberOf(challenge);
  if (number !== undefined) host.tell(`Choose ${number} in Okta Verify on your phone`);
  host.progress("waiting for you to approve the Okta Verify push on your phone");
  return { do: "poll", afterMs: pollEveryMs };
}

function giveUp(code: string): FactorAnswer {
  return { do: "give-up", reason: refusals.get(code) ?? `the push failed with ${code}` };
}

/**
 * The number to pick on the phone; it comes only while the phone shows its three numbers, and may be 0.
 *
 * @see https://developer.okta.com/docs/reference/api/authn/#response-example-waiting-for-3-number-verification-challenge-response
 */
function numberOf(challenge: unknown): number | undefined {
  if (typeof challenge !== "object" || challenge === null || !("correctAnswer" in challenge)) return undefined;
  return typeof challenge.correctAnswer === "number" ? challenge.correctAnswer : undefined;
}

/** Okta often leaves the name out before the push is approved. */
function deviceOf({ profile }: EnrolledFactor): string | undefined {
  const { name } = profile;
  if (typeof name !== "string") return undefined;
  const clean = name.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return clean === "" ? undefined : `(${clean})`;
}
