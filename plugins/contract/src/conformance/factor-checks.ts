import type { EnrolledFactor, Factor, FactorState } from "../index.ts";
import { type Check, demand, demandFunction, demandLine, demandSame, show } from "./check.ts";
import { demandAnswer, demandWords } from "./factor-answer.ts";
import { checkCancel, checkLastAttempt, checkNobody, checkPatience, checkUnknownResult } from "./factor-endings.ts";
import { type FactorExample, respond, type Standing } from "./factor-run.ts";
import { createOddFactors, createStates, refused, statesOf } from "./factor-states.ts";
import { hostileTexts } from "./hostile.ts";
import { quietly } from "./quiet.ts";
import { watchedChecks } from "./watched.ts";
import { type Functions, watchedPlugin } from "./watched-plugin.ts";

export type { FactorExample } from "./factor-run.ts";

/** What every factor must hold; run them one after another. */
export function factorChecks(plugin: Factor, example: FactorExample): readonly Check[] {
  const factor = watchedPlugin(plugin, functions);
  const check = (title: string, run: (factor: Factor, example: FactorExample) => void | Promise<void>): Check => ({
    title,
    run: () => run(factor, copyOf(example)),
  });
  return watchedChecks("a factor", [
    { title: "a factor has describe and respond", run: () => checkShape(plugin) },
    check("a factor describes itself in one printable line, whatever its profile holds", checkDescription),
    check("a factor that nobody can answer says why in one printable line", checkUnusable),
    check("a factor answers every state with something that the host can do", checkAnswers),
    check("a factor speaks in printable lines, whatever Okta tells it", checkWords),
    check("a factor gives the same state the same answer", checkMemory),
    check("a factor leaves what it is given as it was", checkHands),
    check("a factor speaks only through the host", checkSilence),
    check("a factor lets go when the person cancels", checkCancel),
    check("a factor ends where nobody can be asked", checkNobody),
    check("a factor does not ask for ever", checkPatience),
    check("a factor ends on a result that it has never heard of", checkUnknownResult),
    check("a factor ends on a refusal when no attempt is left", checkLastAttempt),
  ]);
}

/** What respond is given is no plain data. */
const functions: Functions<Factor> = { kind: "a factor", names: ["describe", "unusable"] };

/** What a factor does to what it is given in one check is nothing to the next. */
function copyOf(example: FactorExample): FactorExample {
  const states = example.states?.map((state) =>
    state.kind === "elsewhere" ? { ...state, url: new URL(state.url) } : structuredClone(state),
  );
  return { ...example, enrolled: structuredClone(example.enrolled), ...(states === undefined ? {} : { states }) };
}

function checkShape(factor: Factor): void {
  demandFunction(factor.describe, "a factor's describe");
  demandFunction(factor.respond, "a factor's respond");
  if (factor.unusable !== undefined) demandFunction(factor.unusable, "a factor's unusable, where it has one,");
}

function checkDescription(factor: Factor, { enrolled }: FactorExample): void {
  for (const odd of [enrolled, ...createOddFactors(enrolled)]) demandLine(factor.describe(odd), `describe, for ${profileOf(odd)},`);
}

function checkUnusable(factor: Factor, { enrolled }: FactorExample): void {
  for (const odd of [enrolled, ...createOddFactors(enrolled)]) {
    const reason: unknown = factor.unusable?.(odd);
    if (reason !== undefined) demandLine(reason, `the reason why nobody can answer a factor, for ${profileOf(odd)},`);
  }
}

const profileOf = ({ profile }: EnrolledFactor): string => `a profile of ${show(profile)}`;

async function checkAnswers(factor: Factor, example: FactorExample): Promise<void> {
  for (const state of statesOf(example)) {
    const { outcome } = await respond({ factor, state, example });
    if (outcome.kind === "answered") demandAnswer(outcome.answer, state);
  }
}

/** What comes from Okta reaches the person, if at all, as one line; the host that is lent looks at all but the end. */
async function checkWords(factor: Factor, example: FactorExample): Promise<void> {
  for (const enrolled of createOddFactors(example.enrolled)) {
    for (const state of createStates(enrolled)) await checkWordsIn({ factor, state, example: { ...example, enrolled } });
  }
  for (const text of hostileTexts(0)) {
    const challenged = { kind: "challenged", result: text, challenge: text, factors: [example.enrolled], canResend: true } as const;
    const refusals = ["E0000068", "E0000113", text].map((code) => refused(code, 2, text));
    for (const state of [challenged, ...refusals]) await checkWordsIn({ factor, state, example });
  }
}

async function checkWordsIn(standing: Standing): Promise<void> {
  const { outcome } = await respond(standing);
  if (outcome.kind === "answered" && outcome.answer.do === "give-up") demandWords(outcome.answer, `in the state ${show(standing.state)}`);
}

/** There and back again: an answer must not depend on what came before. */
async function checkMemory(factor: Factor, example: FactorExample): Promise<void> {
  const states = statesOf(example);
  const first = new Map<FactorState, unknown>();
  for (const state of states) first.set(state, await respond({ factor, state, example }));
  for (const state of states.toReversed()) {
    const rule = `a factor keeps nothing in mind: it must say and answer the same whenever the state is ${show(state)}`;
    demandSame(first.get(state), await respond({ factor, state, example }), rule);
  }
}

async function checkHands(factor: Factor, example: FactorExample): Promise<void> {
  for (const state of statesOf(example)) {
    const enrolled = structuredClone(example.enrolled);
    const before = show({ state, enrolled });
    factor.describe(enrolled);
    await respond({ factor, state, example: { ...example, enrolled } });
    const after = show({ state, enrolled });
    demand(before === after, `a factor must not change what it is given; it was ${before}, and then ${after}`);
  }
}

async function checkSilence(factor: Factor, example: FactorExample): Promise<void> {
  await quietly("a factor", async () => {
    factor.describe(example.enrolled);
    factor.unusable?.(example.enrolled);
    for (const state of statesOf(example)) await respond({ factor, state, example });
  });
}
