import { type AppError, RefusedError, RemoteError } from "../errors.ts";
import { text } from "../json.ts";
import { readKeptJson } from "./read.ts";

/** How a turn ended badly, for those who waited for it. */
export interface Outcome {
  /** Whose turn it was, as the lock names them. */
  readonly holder: string;
  /** Tells two of one holder apart. */
  readonly at: string;
  readonly error: AppError;
}

/** What the far end said to one it would say to all who want the same; what a person or a mistake of ours ended is that one's matter. */
const CLASSES = { RefusedError, RemoteError } as const;

export function isShared(error: unknown): error is AppError {
  return error instanceof RefusedError || error instanceof RemoteError;
}

/** @param file what the turn is for */
export function outcomeFile(file: string): string {
  return `${file}.outcome`;
}

export function readOutcome(file: string): Outcome | undefined {
  const fields = readKeptJson(outcomeFile(file));
  const [holder, at, code, message] = ["holder", "at", "code", "message"].map((name) => text(fields?.[name]));
  const name = fields?.["class"];
  const Class = name === "RefusedError" || name === "RemoteError" ? CLASSES[name] : undefined;
  if (Class === undefined || holder === undefined || at === undefined || code === undefined || message === undefined) return undefined;
  return { holder, at, error: new Class(message, { code, hint: text(fields?.["hint"]) }) };
}

/** The file's text. An error's words hold no secret. */
export function formatOutcome({ holder, at, error }: Outcome): string {
  return JSON.stringify({ holder, at, class: error.name, code: error.code, message: error.message, hint: error.hint });
}
