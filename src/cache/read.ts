import { existsSync, readFileSync } from "node:fs";
import { type Json, parseRecord } from "../json.ts";

/** The JSON object in a file, or undefined where it cannot be read: a cache that fails is a miss, and so is a torn or foreign file. */
export function readKeptJson(file: string): Json | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return parseRecord(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
