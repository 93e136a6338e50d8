import { UsageError } from "../errors.ts";
import type { Found } from "./layers.ts";
import type { OptionName } from "./table.ts";

export type FoundOptions = ReadonlyMap<OptionName, Found>;

/**
 * Reads a value where there is one.
 *
 * @param parse gives in words what the value must be, where it is not
 * @throws UsageError `OPTION_INVALID`, naming the option, its value and its layer
 */
export function parseValue<T>(found: FoundOptions, name: OptionName, parse: (raw: string) => T | string): T | undefined {
  const value = found.get(name);
  if (value === undefined) return undefined;
  const parsed = parse(value.raw);
  if (typeof parsed !== "string") return parsed;
  throw new UsageError(`${name} ${parsed}, got ${JSON.stringify(withoutPassword(value.raw))} (${value.from})`, { code: "OPTION_INVALID" });
}

/** A URL may hold one, and no message does. */
export function withoutPassword(raw: string): string {
  return raw.replace(/[^/@]*:[^/@]*@/g, "…@");
}
