import { createContext, Script } from "node:vm";
import { demand } from "./check.ts";

/** Of one call; where it is within a whole check, it ends before that does. */
const CALL_MS = 3000;

/** Of all calls that a check makes one after another. */
export const CHECK_MS = 6000;

const script = new Script("call()");
const context = createContext({});

/**
 * Runs what is synchronous, and stops it where it does not end: what `vm` runs is stopped with all that it called, of this realm too, and no
 * `finally` in there is run.
 *
 * Nobody here calls what a plugin does after an `await`: a loop there holds the whole process, and only a test runner that gives each file a
 * process of its own can end it.
 *
 * @param what answers with what is being called, as messages call it
 */
export function interruptibly<T>(what: () => string, action: () => T, timeout = CALL_MS): T {
  const results: T[] = [];
  try {
    context["call"] = () => void results.push(action());
    script.runInContext(context, { timeout });
  } catch (error) {
    demand(!isTimeout(error), `${what()} must end; after ${timeout / 1000} seconds it had not`);
    throw error;
  }
  return results[0] as T;
}

function isTimeout(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
