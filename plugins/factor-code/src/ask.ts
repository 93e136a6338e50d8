import type { FactorAnswer, FactorHost, Question } from "@aws-okta-processor/contract";

/** What is sent of what was typed, or why it cannot be a code: Okta counts a wrong one, we do not. */
export type Reading = { readonly passCode: string } | { readonly problem: string };

export const MOST_QUESTIONS = 3;

/** Asks until what is typed may be a code; an empty answer never is. */
export async function ask(host: FactorHost, question: Question, read: (typed: string) => Reading = readCode): Promise<FactorAnswer> {
  for (let asked = 0; asked < MOST_QUESTIONS; asked += 1) {
    const typed = await host.ask(question);
    if (typed.trim() === "") continue;
    const reading = read(typed);
    if ("passCode" in reading) return send(reading.passCode);
    host.tell(reading.problem);
  }
  return noCode;
}

export const noCode: FactorAnswer = { do: "give-up", reason: "no code was given" };

export function send(passCode: string): FactorAnswer {
  return { do: "send", fields: { passCode } };
}

/** Codes are shown in groups; people type the space between them. */
export function readCode(typed: string): { readonly passCode: string } {
  return { passCode: typed.replaceAll(/\s/g, "") };
}
