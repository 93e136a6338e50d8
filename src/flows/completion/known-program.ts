import { dig, list, record, text } from "../../json.ts";
import { COMMANDS, type CommandName } from "../../options/option-row.ts";
import { type NamedRow, optionsOf } from "../../options/table.ts";

/** What may stand under the cursor, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly help: string;
}

export interface KnownFlag {
  readonly name: string;
  readonly char: string | undefined;
  readonly help: string;
  /** Understood, and not offered. */
  readonly hidden: boolean;
  readonly takesValue: boolean;
  readonly values: readonly Candidate[];
}

export interface KnownCommand {
  /** As in manifests: `plugins:install`. */
  readonly id: string;
  readonly help: string;
  /** Understood, and not offered: an alias too. */
  readonly hidden: boolean;
  readonly flags: readonly KnownFlag[];
  /** The closed values of each argument, in order. */
  readonly args: readonly (readonly Candidate[])[];
}

/** The names of what is installed and of use in a command, each with the package that offers it. */
export type Installed = (kind: "factors" | "formats" | "shells" | "keychains", command: CommandName) => readonly Candidate[];

/** Reads what a manifest says of a command; it may be a stranger's, and what it leaves out is left out here. */
export function parseCommand(manifest: unknown, installed: Installed): KnownCommand {
  const id = text(dig(manifest, "id")) ?? "";
  const command = COMMANDS.find((candidate) => candidate === id);
  const flags = entriesOf(dig(manifest, "flags")).map((entry) => parseFlag(entry, command, installed));
  return {
    id,
    help: helpOf(manifest),
    hidden: dig(manifest, "hidden") === true || list(dig(manifest, "aliases")).includes(id),
    flags: flags.some(({ name }) => name === HELP.name) ? flags : [...flags, HELP],
    args: entriesOf(dig(manifest, "args")).map(([, argument]) => closedValues(argument)),
  };
}

/** Of every command, whether its manifest names it or not. */
export const HELP: KnownFlag = { name: "help", char: "h", help: "show help", hidden: false, takesValue: false, values: [] };

function parseFlag([name, manifest]: Entry, command: CommandName | undefined, installed: Installed): KnownFlag {
  const row = command === undefined ? undefined : optionsOf(command).find((candidate) => candidate.name === name);
  return {
    name,
    char: text(dig(manifest, "char")),
    help: row?.help ?? helpOf(manifest),
    hidden: dig(manifest, "hidden") === true,
    takesValue: dig(manifest, "type") === "option",
    values: [...(row === undefined || command === undefined ? [] : valuesOf(row, command, installed)), ...closedValues(manifest)],
  };
}

function valuesOf({ completes, values = [], alsoTakes }: NamedRow, command: CommandName, installed: Installed): readonly Candidate[] {
  const own = [...values, ...(alsoTakes?.[command] ?? [])].map((value) => ({ value, help: "" }));
  return [...(completes === undefined ? [] : installed(completes, command)), ...own];
}

function closedValues(manifest: unknown): readonly Candidate[] {
  return list(dig(manifest, "options")).flatMap((value) => (typeof value === "string" ? [{ value, help: "" }] : []));
}

function helpOf(manifest: unknown): string {
  const said = text(dig(manifest, "summary")) ?? text(dig(manifest, "description")) ?? "";
  return said.split("\n")[0] ?? "";
}

type Entry = readonly [name: string, value: unknown];

function entriesOf(value: unknown): readonly Entry[] {
  return Object.entries(record(value) ?? {});
}
