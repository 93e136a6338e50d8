import type { FlagValues } from "../options/layers.ts";
import { optionsOf } from "../options/table.ts";

/** `authenticate` and flags that can be read in one way only; undefined for any other command line. */
export function readPlainFlags([command, ...rest]: readonly string[]): FlagValues | undefined {
  if (command !== "authenticate") return undefined;
  const rows = optionsOf(command);
  const flags: Record<string, string | boolean> = {};
  for (let i = 0; i < rest.length; i++) {
    const [, name, inline] = /^(--[a-z-]+|-[a-zA-Z])(?:=(.*))?$/s.exec(rest[i] ?? "") ?? [];
    const row = rows.find((candidate) => name === `--${candidate.name}` || (candidate.char !== undefined && name === `-${candidate.char}`));
    if (name === undefined || row === undefined || row.name in flags) return undefined;
    if (row.kind === "switch") {
      if (inline !== undefined) return undefined;
      flags[row.name] = true;
      continue;
    }
    if (inline !== undefined && !name.startsWith("--")) return undefined;
    const value = inline ?? rest[++i];
    if (value === undefined || value.startsWith("-")) return undefined;
    flags[row.name] = value;
  }
  return flags;
}
