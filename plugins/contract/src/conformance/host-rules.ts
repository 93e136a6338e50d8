import type { FactorRequest, Question } from "../index.ts";
import { demand, demandLine, show } from "./check.ts";

// What a host may be asked for. It comes from a plugin and may be anything.

/** One state needs no more than a few; who never answers well must not be asked for ever. */
const MOST_QUESTIONS = 20;

const purposes: readonly unknown[] = ["code", "answer", "pin", "choice"];

/** @param asked how often it has asked in this state already */
export function demandQuestion(question: Question, asked: number): void {
  demand(
    asked < MOST_QUESTIONS,
    `a factor must not ask for ever; after ${asked} answers that it could not use it asked ${show(question.message)}`,
  );
  demand(purposes.includes(question.purpose), `a question's purpose must be one of ${show(purposes)}; it was ${show(question.purpose)}`);
  demandLine(question.message, "a question's message");
  demand(
    typeof question.secret === "boolean",
    `a question must say with true or false whether its answer is secret; it said ${show(question.secret)}`,
  );
  if (question.purpose === "choice") demandChoices(question.choices);
}

function demandChoices(choices: unknown): void {
  demand(Array.isArray(choices) && choices.length > 0, `a question with the purpose "choice" must have choices; it had ${show(choices)}`);
  for (const choice of choices) demandLine(choice, "a choice");
  demand(new Set(choices).size === choices.length, `the choices of a question must differ; they were ${show(choices)}`);
}

export function demandRequest(url: unknown, request: FactorRequest, org: string): void {
  demand(url instanceof URL, `what a factor requests must be a URL object; it was ${show(url)}`);
  demand(
    url.protocol === "https:" && url.origin !== org,
    `a factor may request https addresses, and never the org's; it asked for ${show(url)}`,
  );
  const { method, headers = {}, body }: { readonly [Part in keyof FactorRequest]: unknown } = request;
  demand(method === "GET" || method === "POST", `a request's method must be "GET" or "POST"; it was ${show(method)}`);
  demand(method === "POST" || body === undefined, `a GET has no body; it was ${show(body)}`);
  const texts = Object.values(headers ?? {}).every((value) => typeof value === "string");
  demand(texts, `a request's headers must be texts; they were ${show(headers)}`);
}

export function demandProgram(command: unknown, args: unknown, stdin: unknown): void {
  demandLine(command, "the program that a factor runs");
  demand(Array.isArray(args), `the arguments of a program must be a list; they were ${show(args)}`);
  const texts: readonly unknown[] = args;
  const given = [...texts, stdin ?? ""];
  demand(
    given.every((value) => typeof value === "string"),
    `the arguments and the input of a program must be texts; they were ${show(given)}`,
  );
}
