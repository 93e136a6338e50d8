import { existsSync, readFileSync } from "node:fs";
import { type Json, parseRecord } from "../json.ts";

/** Takes the text out of what a file holds; undefined where it does not stand there in that way. */
export type Opening = (content: string, file: string) => string | undefined;

export const openPlain: Opening = (content) => content;

/** The JSON object in a file, or undefined where it cannot be read: a cache that fails is a miss, and so is a torn or foreign file. */
export function readKeptJson(file: string, open = openPlain): Json | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const text = open(readFileSync(file, "utf8"), file);
    return text === undefined ? undefined : parseRecord(text);
  } catch {
    return undefined;
  }
}
