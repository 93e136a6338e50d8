import { randomInt } from "node:crypto";

const STRANGERS: readonly unknown[] = [null, false, 0, "", "unused", [], [null], { nested: { deeper: [1] } }];

/** Puts fields that nobody knows into every object, and the known ones into another order: a client must mind neither. */
export function grease(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grease);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).map(([name, inner]): [string, unknown] => [name, grease(inner)]);
  if (known.length === 0) return value;
  const stranger: [string, unknown] = [`x${randomInt(0x10000).toString(16)}`, STRANGERS[randomInt(STRANGERS.length)]];
  return Object.fromEntries(rotate([...known, stranger]));
}

function rotate(entries: readonly [string, unknown][]): [string, unknown][] {
  const start = randomInt(entries.length);
  return [...entries.slice(start), ...entries.slice(0, start)];
}
