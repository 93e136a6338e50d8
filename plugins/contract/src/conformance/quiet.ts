import { demand, show } from "./check.ts";

/**
 * Runs an action and fails where it wrote to standard output: that is where credentials go.
 *
 * What is written passes through, so that a reporter of the same process loses nothing. Not for two actions at once.
 */
export async function quietly<T>(what: string, action: () => T | Promise<T>): Promise<T> {
  const stops = [watch(process.stdout, "write"), watch(console, "log"), watch(console, "info"), watch(console, "debug")];
  let written: readonly unknown[] = [];
  let result: T;
  try {
    result = await action();
  } finally {
    written = stops.flatMap((stop) => stop());
  }
  demand(written.length === 0, `${what} must not write to standard output, which belongs to the host; it wrote ${show(written[0])}`);
  return result;
}

/** @returns what ends the watch, and answers with what was written meanwhile */
function watch<T extends object>(owner: T, method: keyof T): () => readonly unknown[] {
  const original = owner[method];
  const own = Object.getOwnPropertyDescriptor(owner, method);
  const written: unknown[] = [];
  const record = (...args: readonly unknown[]): unknown => {
    written.push(args[0]);
    return typeof original === "function" ? Reflect.apply(original, owner, args) : undefined;
  };
  Object.defineProperty(owner, method, { configurable: true, writable: true, value: record });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, method);
    else Object.defineProperty(owner, method, own);
    return written;
  };
}
