import type { EnrolledFactor, Factor, FactorHost, FactorState, Question } from "@aws-okta-processor/contract";

export interface Conversation {
  readonly host: FactorHost;
  /** What the factor said, in order. */
  readonly said: readonly (string | Question)[];
  /** Answers that nobody asked for. */
  readonly left: readonly (string | Error)[];
}

/** A host whose person has these answers and no other; an Error where nobody can be asked. */
export function conversation(...answers: readonly (string | Error)[]): Conversation {
  const said: (string | Question)[] = [];
  const left = [...answers];
  const host: FactorHost = {
    origin: "https://acme.okta.com",
    signal: new AbortController().signal,
    canAsk: () => left.every((answer) => typeof answer === "string"),
    ask: async (question) => {
      said.push(question);
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nobody expected to be asked: ${question.message}`);
      if (typeof answer !== "string") throw answer;
      return answer;
    },
    tell: (message) => said.push(`tell: ${message}`),
    progress: (message) => said.push(`progress: ${message}`),
    fetch: async ({ host: name }) => Promise.reject(new Error(`nobody expected a request to ${name}`)),
    run: async (command) => Promise.reject(new Error(`nobody expected ${command} to be run`)),
  };
  return { host, said, left };
}

interface Standing {
  readonly factor: Factor;
  readonly enrolled: EnrolledFactor;
  readonly state: FactorState;
}

/** What a factor answers, what it said, and the person's answers that are left. */
export async function converse({ factor, enrolled, state }: Standing, ...answers: readonly (string | Error)[]): Promise<unknown> {
  const { host, said, left } = conversation(...answers);
  return [await factor.respond(state, host, enrolled), said, left];
}

export function challenged(result: string | undefined, { canResend }: { readonly canResend: boolean }): FactorState {
  return { kind: "challenged", result, challenge: undefined, factors: [], canResend };
}

export function refused(code: string, attemptsLeft: number, message = ""): FactorState {
  return { kind: "refused", code, message, attemptsLeft };
}

/** As Okta lists it, by its key. */
export function enrolledAs(key: string, given: Partial<EnrolledFactor> = {}): EnrolledFactor {
  const colon = key.lastIndexOf(":");
  const provider = key.slice(colon + 1).toUpperCase();
  return { key, factorType: key.slice(0, colon), provider, vendorName: provider, profile: {}, ...given };
}
