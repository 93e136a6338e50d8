import { runInNewContext } from "node:vm";
import { isDebugged, type Shift, waitFor, workAs } from "../at-work.ts";
import { BugError, CancelledError } from "../errors.ts";

/** Runs code of a package, for so long at most. What it returns comes back as it is; what it throws, too. */
export type Call = <T>(run: () => T, mostMs?: number) => T;

/** Of what comes with the program. */
export const callOwn: Call = (run) => run();

/** Nothing that a plugin computes takes so long; a person is waited for elsewhere. */
const MOST_MS = 5000;

/**
 * Runs a stranger's code so that it is known whose it is, that it comes to an end, and that what it does beside its work is told.
 *
 * It throws BugError `PLUGIN_FAILED` where the code blocks the program or wrote to standard output, and CancelledError for Ctrl-C meanwhile.
 */
export function createGuard(packageName: string): Call {
  const shift: Shift = { packageName, offence: undefined };
  return (run, mostMs = MOST_MS) => {
    const result = workAs(shift, () => interruptibly(shift, run, mostMs));
    if (result instanceof Promise) return waitFor(shift, result).finally(() => refuseOffence(shift)) as typeof result;
    refuseOffence(shift);
    return result;
  };
}

/** What runs in a script of its own can be interrupted, by time and by Ctrl-C, wherever it was written. */
function interruptibly<T>({ packageName }: Shift, run: () => T, mostMs: number): T {
  try {
    const limit = isDebugged() ? {} : { timeout: mostMs };
    return runInNewContext("run()", { run }, { ...limit, breakOnSigint: true }) as T;
  } catch (error) {
    const code = (error as { readonly code?: unknown } | undefined)?.code;
    if (code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw new CancelledError();
    if (code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw failed(packageName, "did not come to an end", error);
  }
}

function refuseOffence({ packageName, offence }: Shift): void {
  if (offence !== undefined) throw failed(packageName, offence);
}

/** A plugin is named, and what to do about it. */
export function failed(packageName: string, how: string, cause?: unknown): BugError {
  return new BugError(`${packageName} ${how}`, {
    code: "PLUGIN_FAILED",
    hint: `report it to its authors, or run: aws-okta-processor plugins uninstall ${packageName}`,
    cause,
  });
}
