import { demand, show } from "./check.ts";
import { replaceMethod } from "./replace-method.ts";
import { stoppable } from "./watched.ts";

/**
 * Runs an action and fails where it wrote to standard output: that is where credentials go.
 *
 * What is written passes through, so that a reporter of the same process loses nothing. Not for two actions at once.
 */
export async function quietly<T>(what: string, action: () => T | Promise<T>): Promise<T> {
  const written: unknown[] = [];
  const watch = (owner: object, name: string) =>
    replaceMethod(owner, name, (original) => (...args) => {
      written.push(args[0]);
      return Reflect.apply(original, owner, args);
    });
  const stops = [watch(process.stdout, "write"), ...["log", "info", "debug", "dir", "table"].map((name) => watch(console, name))];
  let result: T;
  try {
    result = await stoppable(action);
  } finally {
    for (const stop of stops) stop();
  }
  demand(written.length === 0, `${what} must not write to standard output, which belongs to the host; it wrote ${show(written[0])}`);
  return result;
}
