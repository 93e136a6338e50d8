import type { Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { oneLine } from "./one-line.ts";

/** Okta Verify push: Okta asks the phone, we ask Okta until it knows. */
export const factor: Factor = {
  // Okta often leaves the name out before the push is approved.
  describe: ({ profile }) => {
    const device = oneLine(profile["name"]);
    return device === undefined ? "Okta Verify push" : `Okta Verify push (${device})`;
  },
  respond: async (state, host) => {
    switch (state.kind) {
      case "required":
        return { do: "begin" };
      case "challenged":
        return isWaiting(state) ? wait(state.challenge, host) : end(state.result, host, state.canResend);
      case "refused":
        return state.attemptsLeft > 0 ? end(state.code, host, true) : giveUp(state.code);
      case "elsewhere":
        return giveUp("a redirect");
    }
  },
};

const POLL_EVERY_MS = 1000;

function isWaiting({ result }: FactorState & { readonly kind: "challenged" }): boolean {
  return result === undefined || result === "WAITING";
}

function wait(challenge: unknown, host: FactorHost): FactorAnswer {
  const number = numberOf(challenge);
  if (number !== undefined) host.tell(`Choose ${number} in Okta Verify on your phone`);
  host.progress("waiting for you to approve the Okta Verify push on your phone");
  return { do: "poll", afterMs: POLL_EVERY_MS };
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

/** Nobody answered: that may be mended. Whoever says no means it. */
async function end(result: string | undefined, host: FactorHost, canResend: boolean): Promise<FactorAnswer> {
  if (result !== "TIMEOUT") return giveUp(result);
  const chosen = await choose(host);
  if (chosen === ANOTHER) return { do: canResend ? "resend" : "begin" };
  return chosen === BACK ? { do: "back" } : giveUp(result);
}

const ANOTHER = "Send another push";
const BACK = "Choose another factor";
const STOP = "Give up";

/** Without a terminal the news is that nobody answered, not that nobody can be asked. */
async function choose(host: FactorHost): Promise<string> {
  try {
    return await host.ask({ purpose: "choice", message: "Nobody answered the push", secret: false, choices: [ANOTHER, BACK, STOP] });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "NO_TERMINAL") return STOP;
    throw error;
  }
}

function giveUp(code = ""): FactorAnswer {
  return { do: "give-up", reason: reasons.get(code) ?? `the push failed with ${oneLine(code) ?? "no reason"}` };
}

/** By what Okta calls its refusal. */
const reasons: ReadonlyMap<string, string> = new Map([
  ["REJECTED", "the push was rejected on the phone"],
  ["TIMEOUT", "nobody answered the push in time"],
  ["CANCELLED", "the push was cancelled"],
]);
