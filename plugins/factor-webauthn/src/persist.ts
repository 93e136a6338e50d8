import type { FactorAnswer, FactorHost } from "@aws-okta-processor/contract";
import { type Outcome, problemOf } from "./outcome.ts";

const again = "Try again";
const other = "Use another factor";

/** Enough to fetch a key from the coat on the third floor. */
const mostAttempts = 10;

/** Does it again, as long as the person wants that and it can help. */
export async function persist<T>(
  host: FactorHost,
  attempt: () => Promise<Outcome<T>>,
): Promise<{ readonly value: T } | { readonly answer: FactorAnswer }> {
  for (let left = mostAttempts; ; left -= 1) {
    const outcome = await attempt();
    if ("value" in outcome) return outcome;
    const { problem, hint, final } = problemOf(outcome.error);
    if (final === true || left === 1) return { answer: { do: "give-up", reason: problem, ...(hint === undefined ? {} : { hint }) } };
    if (hint !== undefined) host.tell(hint);
    const choice = await host.ask({ purpose: "choice", message: capitalize(problem), secret: false, choices: [again, other] });
    if (choice !== again) return { answer: { do: "back" } };
  }
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
