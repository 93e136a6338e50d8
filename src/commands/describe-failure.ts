import { AppError, BugError, CancelledError, UsageError } from "../errors.ts";
import { cleanText } from "../terminal/clean.ts";

/** The lines that a person reads of what a command threw, and the exit code; oclif's way to end with success has no lines. */
export function describeFailure(thrown: unknown, cancelled: boolean): { readonly text: string; readonly exitCode: number } {
  const error = cancelled ? new CancelledError() : asAppError(thrown);
  if (error === undefined) return { text: "", exitCode: 0 };
  const lines = [`aws-okta-processor: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint])];
  return { text: lines.map((line) => `${cleanText(line)}\n`).join(""), exitCode: error.exitCode };
}

/** What oclif throws is a matter of usage, or its way to end with success; anything else is a bug of ours. */
function asAppError(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown;
  const exit = (thrown as { readonly oclif?: { readonly exit?: unknown } }).oclif?.exit;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (exit === 0) return undefined;
  const sentence = message
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("See more help"))
    .join(" ");
  // The words may be the rest of a password that was not quoted.
  if (sentence.startsWith("Unexpected argument"))
    return new UsageError("there are words that belong to no option", { code: "USAGE", hint: "put a value that has spaces in quotes" });
  if (typeof exit === "number") return new UsageError(sentence, { code: "USAGE", hint: "see: aws-okta-processor --help", cause: thrown });
  return new BugError(`unexpected ${thrown instanceof Error ? thrown.name : "error"}: ${sentence}`, {
    code: "BUG",
    hint: "please report it, with the command you ran",
    cause: thrown,
  });
}
