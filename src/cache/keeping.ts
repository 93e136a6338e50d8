import type { Opening } from "./read.ts";

/** How what is secret stands in the files of the caches. */
export interface Keeping {
  /** Whether it stands there as it is, for the original to read. */
  readonly isPlain: boolean;
  readonly open: Opening;
  /** @returns what the file is to hold, undefined where nothing is kept */
  readonly close: (text: string, file: string) => string | undefined;
}

export const KEPT_PLAIN: Keeping = { isPlain: true, open: (content) => content, close: (text) => text };

/** Nothing is read, and nothing written. */
export const NOTHING_KEPT: Keeping = { isPlain: false, open: () => undefined, close: () => undefined };
