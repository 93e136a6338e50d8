import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { oneLine } from "./one-line.ts";

/** The question that the person once chose, or wrote, and answered. */
export const factor: Factor = {
  describe: () => "Security question",
  respond: async (state, host, enrolled) => {
    if (state.kind === "required" || isWaiting(state)) return ask(host, enrolled);
    if (state.kind !== "refused") return { do: "give-up", reason: "okta did not take the answer" };
    const problem = explain(state.code);
    if (state.code !== WRONG || state.attemptsLeft <= 0) return { do: "give-up", reason: problem };
    host.tell(`${problem}: try again`);
    return ask(host, enrolled);
  },
};

const WRONG = "E0000068";

/** @see https://developer.okta.com/docs/reference/error-codes/ */
function explain(code: string): string {
  if (code === WRONG) return "the answer was wrong";
  if (code === "E0000069" || code === "E0000119") return "okta locked the account after too many wrong answers";
  return `the answer was refused with ${oneLine(code) ?? "no reason"}`;
}

/** Nothing has to be begun; whoever began hears that Okta waits. */
function isWaiting(state: FactorState): boolean {
  return state.kind === "challenged" && (state.result === undefined || state.result === "WAITING" || state.result === "CHALLENGE");
}

const MOST_QUESTIONS = 3;

async function ask(host: FactorHost, { profile }: EnrolledFactor): Promise<FactorAnswer> {
  const message = oneLine(profile["questionText"]) ?? "Answer to your security question";
  for (let asked = 0; asked < MOST_QUESTIONS; asked += 1) {
    const answer = await host.ask({ purpose: "answer", message, secret: true });
    if (answer.trim() !== "") return { do: "send", fields: { answer } };
  }
  return { do: "give-up", reason: "no answer was given" };
}
