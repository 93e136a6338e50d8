import type { Factor, FactorState } from "../index.ts";
import { demand, show } from "./check.ts";
import { demandEnd, type FactorExample, respond, type Standing, settle, wasAsked } from "./factor-run.ts";
import { refusals, refused, statesOf, unheardOf } from "./factor-states.ts";

function standings(factor: Factor, example: FactorExample): readonly Standing[] {
  return statesOf(example).map((state) => ({ factor, state, example }));
}

/** Cancelled before it was asked, and while it waits. */
export async function checkCancel(factor: Factor, example: FactorExample): Promise<void> {
  for (const standing of standings(factor, example)) {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(20)]) await checkCancelIn(standing, signal);
  }
}

async function checkCancelIn(standing: Standing, signal: AbortSignal): Promise<void> {
  const heard = await settle(standing, { signal, answer: undefined, choice: "first" }, 1000);
  const where = `in the state ${show(standing.state)}`;
  demand(heard !== "late", `a factor must obey host.signal: cancelled ${where}, it had not let go after one second`);
  if (wasAsked(heard)) demandEnd(heard.outcome, "a factor must not go on where ask was cancelled", where);
}

/** As under credential_process, where no terminal is there. */
export async function checkNobody(factor: Factor, example: FactorExample): Promise<void> {
  const rule = `where nobody can be asked a factor must let pass what ask rejects with, or answer "give-up" or "back"`;
  for (const standing of standings(factor, example)) {
    const refusal = Object.assign(new Error("there is no terminal"), { code: "NO_TERMINAL" });
    const heard = await respond(standing, { answer: refusal });
    if (wasAsked(heard)) demandEnd(heard.outcome, rule, `in the state ${show(standing.state)}`);
  }
}

/** The host that is lent stops whoever asks too often. */
export async function checkPatience(factor: Factor, example: FactorExample): Promise<void> {
  for (const standing of standings(factor, example)) {
    for (const answer of ["", " ", "?", "123456"]) {
      for (const choice of ["first", "last"] as const) await respond(standing, { answer, choice });
    }
  }
}

export async function checkUnknownResult(factor: Factor, example: FactorExample): Promise<void> {
  const rule = `Okta's results grow in number, and one that a factor does not know means failure: it must answer "give-up" or "back"`;
  for (const result of unheardOf) {
    const factors = [example.enrolled];
    const state: FactorState = { kind: "challenged", result, challenge: undefined, factors, canResend: true };
    const { outcome } = await respond({ factor, state, example });
    demandEnd(outcome, rule, `to ${show(result)}`);
  }
}

export async function checkLastAttempt(factor: Factor, example: FactorExample): Promise<void> {
  for (const code of [...unheardOf, ...refusals]) {
    const { outcome } = await respond({ factor, state: refused(code, 0), example });
    demandEnd(outcome, `when no attempt is left a factor must answer "give-up" or "back"`, `refused with ${show(code)}`);
  }
}
