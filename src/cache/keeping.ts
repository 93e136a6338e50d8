import { dig, type Json, text } from "../json.ts";
import { MARK } from "./credentials.ts";
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

/** What is encrypted in a kept file; undefined for one that is as it is. */
export function sealedPart(json: Json | undefined): string | undefined {
  return text(dig(json, MARK, "sealed"));
}
