import type { FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { oneLine } from "./one-line.ts";

/** What helps after a refusal; it depends on where the code comes from. */
export interface Advice {
  readonly used: string;
  readonly untimely: string;
  /** Where Okta sends the code: what to do when it was asked for another too soon. */
  readonly tooSoon?: string;
}

type Refused = FactorState & { readonly kind: "refused" };

/** Says why the code was not taken and what helps, and asks again; ends where nothing does. */
export async function answerRefusal(
  { code, attemptsLeft }: Refused,
  { host, advice, ask }: { readonly host: FactorHost; readonly advice: Advice; readonly ask: () => Promise<FactorAnswer> },
): Promise<FactorAnswer> {
  const { problem, help } = explain(code, advice);
  if (help === undefined || attemptsLeft <= 0) return { do: "give-up", reason: problem };
  host.tell(`${problem}: ${help}`);
  return ask();
}

/** What Okta may call a challenge that only waits for its code. */
const waiting: ReadonlySet<string | undefined> = new Set([undefined, "WAITING", "CHALLENGE"]);

export function isWaiting({ result }: FactorState & { readonly kind: "challenged" }): boolean {
  return waiting.has(result);
}

/** For what is no question any more. */
export function giveUp(code: string | undefined, advice: Advice): FactorAnswer {
  return { do: "give-up", reason: explain(code ?? "", advice).problem };
}

interface Explanation {
  readonly problem: string;
  /** Undefined where no other code can help. */
  readonly help?: string | undefined;
}

/**
 * By Okta's errorCode or factorResult.
 *
 * @see https://developer.okta.com/docs/reference/error-codes/
 */
function explain(code: string, { used, untimely, tooSoon }: Advice): Explanation {
  switch (code) {
    case "E0000068":
      return { problem: "the code was wrong", help: "try again" };
    case "E0000082":
    case "PASSCODE_REPLAYED":
      return { problem: "this code was used before", help: used };
    case "E0000083":
    case "TIME_WINDOW_EXCEEDED":
      return { problem: "this code is not of this moment", help: untimely };
    case "E0000109":
    case "E0000118":
    case "E0000133":
    case "E0000204":
      return { problem: "okta was asked for another code too soon", help: tooSoon };
    case "E0000069":
    case "E0000119":
      return { problem: "okta locked the account after too many wrong codes" };
    default:
      return { problem: `the code was refused with ${oneLine(code) ?? "no reason"}` };
  }
}
