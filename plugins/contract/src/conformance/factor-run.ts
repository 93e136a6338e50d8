import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "../index.ts";
import { demand, show } from "./check.ts";
import { demandShape } from "./factor-answer.ts";
import { fakeHost, type Person, type Said } from "./fake-host.ts";
import { callingLong } from "./watched.ts";

export interface FactorExample {
  /** As Okta lists it. */
  readonly enrolled: EnrolledFactor;
  /** What the person types; "123456" where it is left out. */
  readonly answer?: string;
  /** What the other side of `host.fetch` answers, without memory; 404 where it is left out. */
  readonly fetch?: FactorHost["fetch"];
  /** What a program does, without memory; none is installed where it is left out. */
  readonly run?: FactorHost["run"];
  /** What this factor meets beside the states that every factor is tried with: its own challenge, where it is sent elsewhere. */
  readonly states?: readonly FactorState[];
}

/** An answer, or what the host itself threw and the factor let pass. */
export type Outcome = { readonly kind: "answered"; readonly answer: FactorAnswer } | { readonly kind: "passed" };

export interface Heard {
  readonly outcome: Outcome;
  readonly said: readonly Said[];
}

export interface Standing {
  readonly factor: Factor;
  readonly state: FactorState;
  readonly example: FactorExample;
}

/** Lets a factor answer one state, with a person who answers all that is asked. */
export async function respond(standing: Standing, person: Partial<Person> = {}): Promise<Heard> {
  const { answer = "123456" } = standing.example;
  const heard = await settle(standing, { signal: new AbortController().signal, answer, choice: "first", ...person }, 5000);
  demand(heard !== "late", `a factor must answer; in the state ${show(standing.state)} it had not after five seconds`);
  return heard;
}

/** A factor that was cancelled may throw what it likes. */
export async function settle(
  { factor, state, example: { enrolled, fetch, run } }: Standing,
  person: Person,
  timeoutMs: number,
): Promise<Heard | "late"> {
  const { host, said, broken, threw } = fakeHost(person, { fetch, run });
  const attempt = async (): Promise<Outcome> => {
    const answer = await factor.respond(state, host, enrolled);
    demandShape(answer, state);
    return { kind: "answered", answer };
  };
  const attempting = () =>
    attempt().catch((error: unknown): Outcome => {
      if (threw(error) || person.signal.aborted) return { kind: "passed" };
      throw error;
    });
  const outcome = await callingLong("respond", () => within(timeoutMs, Promise.race([attempting(), broken])));
  return outcome === "late" ? outcome : { outcome, said };
}

/** Fails unless the factor ended it, or let pass what ended it. */
export function demandEnd(outcome: Outcome, rule: string, where: string): void {
  const isEnd = outcome.kind === "passed" || outcome.answer.do === "give-up" || outcome.answer.do === "back";
  demand(isEnd, `${rule}; ${where} it answered ${outcome.kind === "passed" ? "" : show(outcome.answer)}`);
}

export function wasAsked({ said }: Heard): boolean {
  return said.some((part) => "ask" in part);
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
