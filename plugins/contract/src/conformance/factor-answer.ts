import type { FactorAnswer, FactorState } from "../index.ts";
import { demand, demandLine, show } from "./check.ts";
import { origin } from "./fake-host.ts";

const known: readonly unknown[] = ["begin", "send", "poll", "resend", "redirect", "return", "back", "give-up"];

/** Fails on what is no answer at all; what comes from a plugin may be anything. */
export function demandShape(answer: unknown, state: FactorState): void {
  const where = `in the state ${show(state)}`;
  const holds = typeof answer === "object" && answer !== null && "do" in answer;
  demand(holds, `an answer must be an object with "do"; ${where} it was ${show(answer)}`);
}

/** Fails on an answer that no host understands. */
export function demandAnswer(answer: FactorAnswer, state: FactorState): void {
  const where = `in the state ${show(state)}`;
  demand(known.includes(answer.do), `an answer's "do" must be one of ${show(known)}; ${where} it was ${show(answer.do)}`);
  demandParts(answer, where);
  demandPlace(answer, state, where);
}

function demandParts(answer: FactorAnswer, where: string): void {
  if (answer.do === "send") demandFields(answer.fields, where);
  if (answer.do === "poll") demandWait(answer.afterMs, where);
  if (answer.do === "return") demandOrg(answer.url, where);
  if (answer.do === "give-up") demandWords(answer, where);
}

/** Why a factor gives up, and what to do then. */
export function demandWords(answer: FactorAnswer & { readonly do: "give-up" }, where: string): void {
  demandLine(answer.reason, `the reason for giving up, ${where},`);
  if (answer.hint !== undefined) demandLine(answer.hint, `the hint of a give-up, where there is one, ${where},`);
}

/** Not every answer makes sense everywhere. */
function demandPlace(answer: FactorAnswer, state: FactorState, where: string): void {
  const isElsewhere = state.kind === "elsewhere";
  if (answer.do === "resend") demand(canResend(state), `a factor may answer "resend" only where canResend is true; ${where} it is not`);
  if (answer.do === "redirect") {
    demand(state.kind === "challenged", `a factor may answer "redirect" only to a challenge, which holds the link; ${where} there is none`);
  }
  if (answer.do === "return")
    demand(isElsewhere, `a factor may answer "return" only where Okta sent the person elsewhere; ${where} it did not`);
  const fits = !isElsewhere || ["return", "back", "give-up"].includes(answer.do);
  demand(fits, `elsewhere nothing of Okta's waits: a factor must answer "return", "back" or "give-up"; ${where} it was ${show(answer)}`);
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

function demandOrg(url: unknown, where: string): void {
  demand(url instanceof URL, `the address to return to must be a URL object; ${where} it was ${show(url)}`);
  demand(url.origin === origin, `a factor may return to host.origin and nowhere else; ${where} it was ${show(url)}`);
}

function canResend(state: FactorState): boolean {
  return state.kind === "refused" || (state.kind === "challenged" && state.canResend);
}
