import type { EnrolledFactor, Factor, FactorAnswer, FactorState } from "../index.ts";
import { type Check, demand, demandFunction, demandLine, demandSame, show } from "./check.ts";
import { demandAnswer } from "./factor-answer.ts";
import { fakeHost, type Said } from "./fake-host.ts";
import { hostileTexts } from "./hostile.ts";
import { quietly } from "./quiet.ts";

export interface FactorExample {
  /** As Okta lists it. */
  readonly enrolled: EnrolledFactor;
  /** What the person types; "123456" where it is left out. */
  readonly answer?: string;
}

/** What every factor must hold; run them one after another. */
export function factorChecks(factor: Factor, example: FactorExample): readonly Check[] {
  return [
    { title: "a factor has describe and respond", run: () => checkShape(factor) },
    { title: "a factor describes itself in one printable line, whatever its profile holds", run: () => checkDescription(factor, example) },
    { title: "a factor answers every state with something that the host can do", run: () => checkAnswers(factor, example) },
    { title: "a factor gives the same state the same answer", run: () => checkMemory(factor, example) },
    { title: "a factor speaks only through the host", run: () => checkSilence(factor, example) },
    { title: "a factor lets go when the person cancels", run: () => checkCancel(factor, example) },
    { title: "a factor ends on a result that it has never heard of", run: () => checkUnknownResult(factor, example) },
    { title: "a factor ends on a refusal when no attempt is left", run: () => checkLastAttempt(factor, example) },
  ];
}

const states: readonly FactorState[] = [
  { kind: "required" },
  { kind: "challenged", result: undefined, challenge: undefined, factors: [], canResend: false },
  { kind: "challenged", result: "WAITING", challenge: undefined, factors: [], canResend: true },
  { kind: "challenged", result: "WAITING", challenge: { correctAnswer: 0 }, factors: [], canResend: true },
  { kind: "challenged", result: "CHALLENGE", challenge: { challenge: "bm9uY2U", extensions: {} }, factors: [], canResend: false },
  ...["E0000068", "E0000082", "E0000083", "E0000069", "REJECTED", "TIMEOUT"].map((code) => refused(code, 2)),
];

const unheardOf: readonly string[] = ["UNHEARD_OF", "", "constructor", "__proto__", "toString"];

const oddProfiles: readonly Readonly<Record<string, unknown>>[] = [
  {},
  ...[null, 0, true, [], {}, ["a"], { name: "a" }].map((value) => profileOf(value)),
  ...hostileTexts(20).map((text) => profileOf(text)),
];

function checkShape(factor: Factor): void {
  demandFunction(factor.describe, "a factor's describe");
  demandFunction(factor.respond, "a factor's respond");
}

function checkDescription(factor: Factor, { enrolled }: FactorExample): void {
  for (const profile of [enrolled.profile, ...oddProfiles]) {
    const what = `describe, for a profile of ${show(profile)},`;
    demandLine(factor.describe({ ...enrolled, profile }), what);
  }
}

async function checkAnswers(factor: Factor, example: FactorExample): Promise<void> {
  for (const state of states) demandAnswer((await respond(factor, state, example)).answer, state);
}

/** There and back again: an answer must not depend on what came before. */
async function checkMemory(factor: Factor, example: FactorExample): Promise<void> {
  const first = new Map<FactorState, unknown>();
  for (const state of states) first.set(state, await respond(factor, state, example));
  for (const state of states.toReversed()) {
    const rule = `a factor keeps nothing in mind: it must say and answer the same whenever the state is ${show(state)}`;
    demandSame(first.get(state), await respond(factor, state, example), rule);
  }
}

async function checkSilence(factor: Factor, example: FactorExample): Promise<void> {
  await quietly("a factor", async () => {
    factor.describe(example.enrolled);
    for (const state of states) await respond(factor, state, example);
  });
}

interface Standing {
  readonly factor: Factor;
  readonly state: FactorState;
  readonly example: FactorExample;
}

/** Cancelled before it was asked, and while it waits. */
async function checkCancel(factor: Factor, example: FactorExample): Promise<void> {
  for (const state of states) {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(20)]) await checkCancelIn({ factor, state, example }, signal);
  }
}

async function checkCancelIn({ factor, state, example: { enrolled } }: Standing, signal: AbortSignal): Promise<void> {
  const { host, said } = fakeHost(undefined, signal);
  const attempt = async () => factor.respond(state, host, enrolled);
  const letGo = attempt().catch(() => undefined);
  const settled = await within(1000, letGo);
  demand(settled !== "late", `a factor must obey host.signal: cancelled in the state ${show(state)}, it had not let go after one second`);
  const went = settled?.do === "send" && said.some((part) => "ask" in part);
  demand(!went, `a factor must not go on where ask was cancelled; in the state ${show(state)} it answered ${show(settled)}`);
}

async function checkUnknownResult(factor: Factor, example: FactorExample): Promise<void> {
  for (const result of unheardOf) {
    const { answer } = await respond(factor, { kind: "challenged", result, challenge: undefined, factors: [], canResend: true }, example);
    const rule = `Okta's results grow in number, and one that a factor does not know means failure: it must answer "give-up" or "back"`;
    demand(isEnd(answer), `${rule}; to ${show(result)} it answered ${show(answer)}`);
    demandAnswer(answer, { kind: "required" });
  }
}

async function checkLastAttempt(factor: Factor, example: FactorExample): Promise<void> {
  for (const code of [...unheardOf, "E0000068", "E0000082", "E0000083", "E0000069", "REJECTED", "TIMEOUT"]) {
    const { answer } = await respond(factor, refused(code, 0), example);
    const rule = `when no attempt is left a factor must answer "give-up" or "back"`;
    demand(isEnd(answer), `${rule}; refused with ${show(code)} it answered ${show(answer)}`);
  }
}

interface Response {
  readonly answer: FactorAnswer;
  readonly said: readonly Said[];
}

async function respond(factor: Factor, state: FactorState, { enrolled, answer = "123456" }: FactorExample): Promise<Response> {
  const { host, said } = fakeHost(answer, new AbortController().signal);
  const attempt = async () => factor.respond(state, host, enrolled);
  const settled = await within(5000, attempt());
  demand(settled !== "late", `a factor must answer; in the state ${show(state)} it had not after five seconds`);
  return { answer: settled, said };
}

async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isEnd(answer: FactorAnswer): boolean {
  return answer.do === "give-up" || answer.do === "back";
}

function refused(code: string, attemptsLeft: number): FactorState {
  return { kind: "refused", code, message: "Okta's own words", attemptsLeft };
}

/** The fields that Okta fills, all with one value. */
function profileOf(value: unknown): Readonly<Record<string, unknown>> {
  const fields = ["name", "deviceType", "platform", "credentialId", "phoneNumber", "email", "questionText", "authenticatorName"];
  return Object.fromEntries(fields.map((field) => [field, value]));
}
