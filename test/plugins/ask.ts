import type { FactorHost, Question } from "@aws-okta-processor/contract";

export interface Conversation {
  readonly host: FactorHost;
  /** What the factor said, in order. */
  readonly said: readonly (string | Question)[];
  /** Answers that nobody asked for. */
  readonly left: readonly string[];
}

/** A host whose person has these answers and no other. */
export function conversation(...answers: readonly string[]): Conversation {
  const said: (string | Question)[] = [];
  const left = [...answers];
  const host: FactorHost = {
    origin: "https://acme.okta.com",
    signal: new AbortController().signal,
    ask: async (question) => {
      said.push(question);
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nobody expected to be asked: ${question.message}`);
      return answer;
    },
    tell: (message) => said.push(`tell: ${message}`),
    progress: (message) => said.push(`progress: ${message}`),
    fetch: async ({ host: name }) => Promise.reject(new Error(`nobody expected a request to ${name}`)),
    run: async (command) => Promise.reject(new Error(`nobody expected ${command} to be run`)),
  };
  return { host, said, left };
}
