import { readFileSync } from "node:fs";

/** The text of a file, or undefined where it cannot be read: a cache that fails is a miss. */
export function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The JSON object in a file, or undefined: torn and foreign files are misses. */
export function readKeptJson(file: string): Readonly<Record<string, unknown>> | undefined {
  const text = readKept(file);
  if (text === undefined) return undefined;
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}
