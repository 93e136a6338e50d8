import type { World } from "../world.ts";
import type { Dotfile } from "./dotfile.ts";
import { type CommandName, holdsIn } from "./option-row.ts";
import { type NamedRow, OPTIONS, type OptionName } from "./table.ts";

/** A value before it is read, and where it came from, in words. */
export interface Found {
  readonly raw: string;
  readonly from: string;
  readonly layer: "flag" | "variable" | "dotfile" | "default";
  readonly workingDirectory: boolean;
}

/** One place that options come from. `undefined` means: not given here, look further; "not given": look no further. */
export type Layer = (row: NamedRow) => Found | "not given" | undefined;

export type FlagValues = Readonly<Partial<Record<string, string | boolean>>>;

/** What was typed. An empty flag is as good as none, as in the original; where a value is optional, an empty one is a mistake to be told. */
export function flagLayer(flags: FlagValues): Layer {
  return (row) => {
    const value = flags[row.name];
    if (value === undefined || value === false || (value === "" && row.valueOptional !== true)) return undefined;
    return { raw: value === true ? "true" : value, from: `--${row.name}`, layer: "flag", workingDirectory: false };
  };
}

/** An empty variable hides the dotfiles. */
export function environmentLayer(command: CommandName, env: World["env"]): Layer {
  return (row) => {
    if (row.env === undefined || holdsIn(command, row.flagOnly)) return undefined;
    const raw = env[row.env];
    if (raw === undefined) return undefined;
    if (raw === "" && row.emptyIsValue !== true) return "not given";
    return { raw, from: row.env, layer: "variable", workingDirectory: false };
  };
}

export interface DotfileSource {
  readonly file: string;
  readonly dotfile: Dotfile;
  readonly workingDirectory: boolean;
}

/** Section by section first (working directory over home), then the command's section over `[defaults]`. */
export function dotfileLayer(command: CommandName, sources: readonly DotfileSource[]): Layer {
  return (row) => {
    if (holdsIn(command, row.flagOnly)) return undefined;
    for (const section of [command, "defaults", "DEFAULT"]) {
      for (const source of sources) {
        const raw = source.dotfile.get(section)?.get(row.name);
        if (raw === undefined) continue;
        if (raw === "" && row.emptyIsValue !== true) return "not given";
        const from = `${row.name} in [${section}] of ${source.file}`;
        return { raw, from, layer: "dotfile", workingDirectory: source.workingDirectory };
      }
    }
    return undefined;
  };
}

/** Picks each option from the first layer that has it; what a command does not heed keeps its default. */
export function findOptions(command: CommandName, layers: readonly Layer[], platform: string): ReadonlyMap<OptionName, Found> {
  const found = new Map<OptionName, Found>();
  for (const row of OPTIONS) {
    const given = row.commands.includes(command) ? firstOf(layers, row) : undefined;
    const value = given ?? defaultOf(row, platform);
    if (value !== undefined) found.set(row.name, value);
  }
  return found;
}

function firstOf(layers: readonly Layer[], row: NamedRow): Found | undefined {
  for (const layer of layers) {
    const value = layer(row);
    if (value === "not given") return undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function defaultOf(row: NamedRow, platform: string): Found | undefined {
  const raw = platform === "win32" ? (row.defaultOnWindows ?? row.default) : row.default;
  return raw === undefined ? undefined : { raw, from: "default", layer: "default", workingDirectory: false };
}
