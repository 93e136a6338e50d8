import { type AppError, UsageError } from "./errors.ts";
import { writeAll } from "./write-all.ts";

/** What cannot be told is not told: there is nowhere left, and the answer is worth more. */
export function writeDiagnosis(text: string): void {
  try {
    writeAll(2, text);
  } catch {
    // As above.
  }
}

/**
 * Hands the answer to standard output. Whoever reads no further, as `head`, has what was wanted.
 *
 * @throws UsageError `OUTPUT_UNWRITABLE`
 */
export function handOver(write: () => void): void {
  try {
    write();
  } catch (error) {
    const failure = outputFailure(error);
    if (failure !== "read no further") throw failure ?? error;
  }
}

/** What it means that a standard stream failed; undefined for any other failure. */
export function outputFailure(error: unknown): AppError | "read no further" | undefined {
  if (!(error instanceof Error && "syscall" in error && error.syscall === "write" && "code" in error)) return undefined;
  if (error.code === "EPIPE") return "read no further";
  return new UsageError(`standard output cannot be written: ${String(error.code)}`, {
    code: "OUTPUT_UNWRITABLE",
    hint: "look at where it leads, and at the space on that disk; what was written there is not whole",
    cause: error,
  });
}
