import type { FactorAnswer, FactorState } from "../index.ts";
import { demand, demandLine, show } from "./check.ts";

const known: readonly unknown[] = ["begin", "send", "poll", "resend", "redirect", "return", "back", "give-up"];

/** Fails on an answer that no host understands; what comes from a plugin may be anything. */
export function demandAnswer(answer: FactorAnswer, state: FactorState): void {
  const where = `in the state ${show(state)}`;
  const seen: unknown = answer;
  demand(
    typeof seen === "object" && seen !== null && "do" in seen,
    `an answer must be an object with "do"; ${where} it was ${show(answer)}`,
  );
  demand(known.includes(seen.do), `an answer's "do" must be one of ${show(known)}; ${where} it was ${show(seen.do)}`);
  if (answer.do === "send") demandFields(answer.fields, where);
  if (answer.do === "poll") demandWait(answer.afterMs, where);
  if (answer.do === "give-up") demandLine(answer.reason, `the reason for giving up, ${where},`);
  if (answer.do === "resend") demand(canResend(state), `a factor may answer "resend" only where canResend is true; ${where} it is not`);
}

function demandFields(fields: unknown, where: string): void {
  demand(typeof fields === "object" && fields !== null, `the fields to send must be an object; ${where} they were ${show(fields)}`);
  const odd = Object.entries(fields).find(([, value]) => typeof value !== "string");
  demand(odd === undefined, `every field to send must be a text; ${where} ${odd?.[0] ?? ""} was ${show(odd?.[1])}`);
}

function demandWait(afterMs: unknown, where: string): void {
  const bearable = typeof afterMs === "number" && afterMs >= 100 && afterMs <= 60_000;
  demand(bearable, `afterMs must be a number from 100 (Okta limits how often it is asked) to 60000; ${where} it was ${show(afterMs)}`);
}

function canResend(state: FactorState): boolean {
  return state.kind === "refused" || (state.kind === "challenged" && state.canResend);
}
