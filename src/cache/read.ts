import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Json, parseRecord } from "../json.ts";

/** Takes the text out of what a file holds; undefined where it does not stand there in that way. */
export type Opening = (content: string, file: string) => string | undefined;

export const openPlain: Opening = (content) => content;

/** Kept files have a few kilobytes. */
const MOST_BYTES = 1_048_576;

/**
 * The JSON object in a file, or undefined where it cannot be read: a cache that fails is a miss, and so is a torn or foreign file. A device or
 * a pipe is not opened. Another user's file can be read only if it is open to others: what is open is not believed before it was closed, which
 * its owner alone can do (`closeKept`).
 */
export function readKeptJson(file: string, open = openPlain): Json | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isFile() || stats.size > MOST_BYTES || (isOpen(stats.mode) && !closedInVain.has(file)))
      return undefined;
    const text = open(readFileSync(file, "utf8"), file);
    return text === undefined ? undefined : parseRecord(text);
  } catch {
    return undefined;
  }
}

/** Windows has no modes. */
const isOpen = (mode: number): boolean => (mode & 0o077) !== 0 && path.sep === "/";

const closedInVain = new Set<string>();

/** Believes a file that its owner has closed on a file system without modes. */
export function believeOpen(file: string): void {
  closedInVain.add(file);
}
