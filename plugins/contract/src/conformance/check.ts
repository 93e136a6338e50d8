import { isDeepStrictEqual } from "node:util";

export interface Check {
  /** A sentence about what the contract asks for. */
  readonly title: string;
  /** Throws an Error that says what the contract asks for and what was seen. */
  readonly run: () => void | Promise<void>;
}

/** What the contract says, and what was seen instead. No error of a plugin's is one. */
export class Lesson extends Error {}

/** @throws Lesson */
export function demand(holds: boolean, lesson: string): asserts holds {
  if (!holds) throw new Lesson(lesson);
}

export function demandSame(first: unknown, second: unknown, rule: string): void {
  demand(isDeepStrictEqual(first, second), `${rule}; first it was ${show(first)}, then ${show(second)}`);
}

/** One printable line of a text that comes out of a plugin. */
export function demandLine(text: unknown, what: string): asserts text is string {
  demand(typeof text === "string" && text.trim() !== "", `${what} must be a text that is not empty; it was ${show(text)}`);
  demand(!/[\p{Cc}\u2028\u2029]/u.test(text), `${what} must be one line without control characters; it was ${show(text)}`);
}

export function demandFunction(value: unknown, what: string): void {
  demand(typeof value === "function", `${what} must be a function; it is ${show(value)}`);
}

/** @returns the error that the action threw, undefined where it threw none */
export function errorOf(action: () => unknown, what: string): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Lesson) throw error;
    demand(error instanceof Error, `${what} must throw nothing but an Error; it threw ${show(error)}`);
    demandLine(error.message, `the message of the Error that ${what} throws`);
    return error;
  }
}

/** Any value in one line that fits a failure message. */
export function show(value: unknown): string {
  const text = textOf(value).replaceAll(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}

function textOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "function") return `the function ${value.name}`;
  try {
    return String(JSON.stringify(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}
