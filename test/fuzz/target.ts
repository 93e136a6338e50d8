import assert from "node:assert/strict";
import type { IAsyncPropertyWithHooks } from "fast-check";
import { AppError, BugError } from "../../src/errors.ts";

/** One thing at which hostile text is thrown. */
export interface Target {
  readonly name: string;
  /** In the test; `npm run fuzz` goes on for as long as it is told. */
  readonly cases: number;
  readonly property: IAsyncPropertyWithHooks<never>;
}

/** A property of one value, whose type nobody else has to know. */
export function targetOf<T>(name: string, cases: number, property: IAsyncPropertyWithHooks<T>): Target {
  return { name, cases, property: property as unknown as IAsyncPropertyWithHooks<never> };
}

/** What a reader made of a text; undefined where it refused it in the way that errors of ours have, for another than ourselves to act. */
export async function readOrRefuse<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && !(error instanceof BugError)) return undefined;
    throw error;
  }
}

/** No escape sequence, no line of its own, nothing that turns or hides the rest. */
export function assertShown(line: string): void {
  assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\p{Default_Ignorable_Code_Point}]/u);
}
