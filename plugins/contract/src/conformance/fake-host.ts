import type { FactorHost, Question } from "../index.ts";
import { demand, demandLine, show } from "./check.ts";

/** What a factor said to the person, in order. */
export type Said = { readonly ask: Question } | { readonly tell: string } | { readonly progress: string; readonly until: Date | undefined };

export interface FakeHost {
  readonly host: FactorHost;
  readonly said: readonly Said[];
}

const purposes: readonly unknown[] = ["code", "answer", "pin", "choice"];

/** A host whose person answers every question alike, or with undefined not at all; like the real one it stops to ask when it is cancelled. */
export function fakeHost(answer: string | undefined, signal: AbortSignal): FakeHost {
  const said: Said[] = [];
  const host: FactorHost = {
    origin: "https://acme.okta.com",
    signal,
    ask: async (question) => {
      demandQuestion(question);
      said.push({ ask: question });
      signal.throwIfAborted();
      return answer === undefined ? cancelled(signal) : (question.choices?.[0] ?? answer);
    },
    tell: (message) => {
      demandText(message, "what a factor tells");
      said.push({ tell: message });
    },
    progress: (message, until) => {
      demandText(message, "a factor's progress");
      said.push({ progress: message, until });
    },
    fetch: async (url) => new Response(`nothing is at ${url.host}`, { status: 404 }),
    run: async () => undefined,
  };
  return { host, said };
}

function cancelled(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("the person cancelled")));
  });
}

function demandQuestion(question: Question): void {
  demand(purposes.includes(question.purpose), `a question's purpose must be one of ${show(purposes)}; it was ${show(question.purpose)}`);
  demandLine(question.message, "a question's message");
  demand(
    typeof question.secret === "boolean",
    `a question must say with true or false whether its answer is secret; it said ${show(question.secret)}`,
  );
  const choices: unknown = question.choices;
  if (question.purpose !== "choice") return;
  demand(Array.isArray(choices) && choices.length > 0, `a question with the purpose "choice" must have choices; it had ${show(choices)}`);
}

function demandText(text: unknown, what: string): void {
  demand(typeof text === "string" && text.trim() !== "", `${what} must be a text that is not empty; it was ${show(text)}`);
}
