/**
 * Five classes of failure, by who must act. `code` says what happened and never changes its meaning; docs/errors.md lists all.
 * A message is one line without a secret; only main prints it.
 */

export interface ErrorDetails {
  readonly code: string;
  /** The next thing to do. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

export abstract class AppError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  abstract readonly exitCode: number;

  constructor(message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.hint = details.hint;
  }
}

/** The user edits a flag, a variable or a dotfile. */
export class UsageError extends AppError {
  override readonly name = "UsageError";
  readonly exitCode = 2;
}

/** Okta or AWS said no: the user or an administrator acts. */
export class RefusedError extends AppError {
  override readonly name = "RefusedError";
  readonly exitCode = 3;
}

/** The far end is down or unreadable: retry or report. */
export class RemoteError extends AppError {
  override readonly name = "RemoteError";
  readonly exitCode = 4;
}

/** Nobody has to act. */
export class CancelledError extends AppError {
  override readonly name = "CancelledError";
  readonly exitCode = 130;

  constructor(message = "cancelled", details: ErrorDetails = { code: "CANCELLED" }) {
    super(message, details);
  }
}

/** Ours to mend, or a plugin's, which is then named. */
export class BugError extends AppError {
  override readonly name = "BugError";
  readonly exitCode = 1;
}

/** Closes a switch over a union: the compiler proves that no case is missing. */
export function unreachable(value: never): never {
  throw new BugError(`unexpected ${typeof value} where every case was handled`, { code: "BUG" });
}
