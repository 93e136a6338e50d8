import type { FactorHost, Question } from "../index.ts";
import { demandLine } from "./check.ts";
import { demandProgram, demandQuestion, demandRequest } from "./host-rules.ts";
import { unwatched } from "./watched.ts";

/** What a factor said to the person, in order. */
export type Said = { readonly ask: Question } | { readonly tell: string } | { readonly progress: string; readonly until: Date | undefined };

/** Whom a factor meets. */
export interface Person {
  readonly signal: AbortSignal;
  /** What the person types at every question; an Error where nobody can be asked, undefined where nobody answers. */
  readonly answer: string | Error | undefined;
  /** Which of the choices the person takes. */
  readonly choice: "first" | "last";
}

/** What a factor meets. */
export interface Outside {
  readonly fetch: FactorHost["fetch"] | undefined;
  readonly run: FactorHost["run"] | undefined;
}

export interface FakeHost {
  readonly host: FactorHost;
  readonly said: readonly Said[];
  /** Rejects when the factor asks the host for what the contract does not allow: what the host throws might be caught. */
  readonly broken: Promise<never>;
  /** Whether the host itself threw it: a factor may let that pass. */
  readonly threw: (error: unknown) => boolean;
}

export const origin = "https://acme.okta.com";

/** A host that looks at what it is asked for; like the real one it stops to ask when it is cancelled. */
export function fakeHost(person: Person, outside: Outside): FakeHost {
  const said: Said[] = [];
  const { broken, holds } = createRules();
  const { threw, own } = createOwnErrors(person.signal);
  const host: FactorHost = {
    origin,
    signal: person.signal,
    canAsk: () => true,
    ask: (question) => {
      if (!holds(() => demandQuestion(question, said.filter((part) => "ask" in part).length))) return silence();
      said.push({ ask: question });
      return own(() => answerOf(question, person));
    },
    tell: (message) => {
      if (holds(() => demandLine(message, "what a factor tells"))) said.push({ tell: message });
    },
    progress: (message, until) => {
      if (holds(() => demandLine(message, "a factor's progress"))) said.push({ progress: message, until });
    },
    fetch: (url, request) => {
      if (!holds(() => demandRequest(url, request, origin))) return silence();
      return own(
        async () => (await unwatched(() => outside.fetch?.(url, request))) ?? new Response(`nothing is at ${url.host}`, { status: 404 }),
      );
    },
    run: (command, args, stdin) => {
      if (!holds(() => demandProgram(command, args, stdin))) return silence();
      return own(async () => unwatched(() => outside.run?.(command, args, stdin)));
    },
  };
  return { host, said, broken, threw };
}

/** Whoever breaks a rule hears nothing more, and whoever runs the check hears of it at once. */
function createRules(): { readonly broken: Promise<never>; readonly holds: (rule: () => void) => boolean } {
  let report = (_: unknown): void => undefined;
  const broken = new Promise<never>((_, reject) => {
    report = reject;
  });
  broken.catch(() => undefined);
  const holds = (rule: () => void): boolean => {
    try {
      rule();
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  };
  return { broken, holds };
}

const silence = (): Promise<never> => new Promise(() => undefined);

function createOwnErrors(signal: AbortSignal) {
  const errors = new Set<unknown>();
  const own = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      signal.throwIfAborted();
      return await action();
    } catch (error) {
      errors.add(error);
      throw error;
    }
  };
  return { own, threw: (error: unknown) => errors.has(error) };
}

async function answerOf({ choices }: Question, { answer, choice, signal }: Person): Promise<string> {
  if (answer === undefined) return cancelled(signal);
  if (typeof answer !== "string") throw answer;
  return choices?.at(choice === "first" ? 0 : -1) ?? answer;
}

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("the person cancelled")));
  });
}
