import { boolean, string } from "@oclif/core/flags";
import type { FlagInput } from "@oclif/core/interfaces";
import { type CommandName, holdsIn } from "../options/option-row.ts";
import { type NamedRow, type OptionName, optionsOf } from "../options/table.ts";

/** What oclif hands back for them. */
type Values = Readonly<Record<string, string | boolean | undefined>>;

/** oclif's flags of a command. They have no defaults and no variables of their own: the option table resolves those. */
export function flagsOf(command: CommandName): FlagInput<Values> {
  return Object.fromEntries(optionsOf(command).map((row) => [row.name, toFlag(row, command)]));
}

/** Those of them that another command takes too. */
export function flagsNamed(command: CommandName, names: readonly OptionName[]): FlagInput<Values> {
  return Object.fromEntries(Object.entries(flagsOf(command)).filter(([name]) => names.some((wanted) => wanted === name)));
}

function toFlag(row: NamedRow, command: CommandName): FlagInput<Values>[string] {
  const common = {
    ...(row.char === undefined ? {} : { char: row.char as "a" }),
    description: describe(row, command),
    helpGroup: row.group.toUpperCase(),
    hidden: !row.commands.includes(command) || row.refused !== undefined,
  };
  // oclif types a flag by the one type of its value; a record of both kinds needs the wider one.
  return (row.kind === "switch" ? boolean(common) : string({ ...common, helpValue: helpValueOf(row) })) as FlagInput<Values>[string];
}

function helpValueOf({ value = "VALUE", valueOptional }: NamedRow): string {
  return valueOptional === true ? `[${value}]` : value;
}

/** Its sentence, its variable, its key in a dotfile and its default. */
function describe(row: NamedRow, command: CommandName): string {
  const fallback =
    row.default === undefined
      ? []
      : [`default ${row.default}${row.defaultOnWindows === undefined ? "" : `, on Windows ${row.defaultOnWindows}`}`];
  const layers = holdsIn(command, row.flagOnly) ? [] : [row.env, `dotfile: ${row.name}`];
  const notes = [...layers, ...fallback].filter((part) => part !== undefined);
  return notes.length === 0 ? row.help : `${row.help} [${notes.join("; ")}]`;
}
