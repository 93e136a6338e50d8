/** What a shell offers at TAB. Names come from packages of strangers, and are offered only where every shell takes them as they are. */

import { cleanText } from "../../terminal/clean.ts";
import { type Candidate, HELP, type KnownCommand } from "./known-program.ts";
import { readFlag, readLine, type TypedLine } from "./typed-line.ts";

export interface KnownProgram {
  readonly commands: readonly KnownCommand[];
  /** What topics are about, by id. */
  readonly topics: ReadonlyMap<string, string>;
}

/** @param words those behind the program's name up to the cursor; the last one is under it and may be empty */
export function complete(words: readonly string[], program: KnownProgram): readonly Candidate[] {
  const [first, ...others] = words;
  const current = (words.at(-1) ?? "").replace(/^["']/, "");
  // What help is asked about is a command.
  if (first === "help" && others.length > 0 && !current.startsWith("-")) return complete(others, program);
  const line = readLine(words.slice(0, -1), program.commands);
  if (line.open !== undefined) return matching(current, line.open.values);
  const typed = line.isEnded ? undefined : readFlag(current, line.command?.flags ?? []);
  if (typed?.value !== undefined) return matching(current, typed.flag.values, typed.before);
  if (current.startsWith("-")) return line.isEnded ? [] : matching(current, flagsOf(line), "--");
  const names = namesOf(line, program);
  if (names !== undefined) return matching(current, names);
  return current === "" && !line.isEnded ? matching(current, flagsOf(line), "--") : [];
}

/** A line for each candidate: its value, a tab, and what it is. */
export function formatCandidates(candidates: readonly Candidate[]): string {
  return candidates.map(({ value, help }) => `${value}\t${cleanText(help)}\n`).join("");
}

/** No blank, no quote, nothing that a shell expands, a terminal obeys or a command takes for a flag. */
const PLAIN = /^[a-z0-9][a-z0-9._:/+-]*$/i;

function matching(typed: string, names: readonly Candidate[], before = ""): readonly Candidate[] {
  const plain = names.filter(({ value }) => PLAIN.test(value));
  return plain.map(({ value, help }) => ({ value: before + value, help })).filter(({ value }) => value.startsWith(typed));
}

/** Topics and commands, or the values of an argument; undefined where a command takes nothing but flags. */
function namesOf({ id, command, isName, args }: TypedLine, program: KnownProgram): readonly Candidate[] | undefined {
  const children = isName ? childrenOf(id, program) : [];
  const values = command === undefined ? [] : command.args[args];
  return children.length === 0 && values === undefined ? undefined : [...children, ...(values ?? [])];
}

function flagsOf({ command, given, id, isName }: TypedLine): readonly Candidate[] {
  const flags = command?.flags ?? [HELP, ...(id === "" && isName ? [VERSION] : [])];
  return flags.filter((flag) => !flag.hidden && !given.has(flag)).map(({ name, help }) => ({ value: name, help }));
}

const VERSION = { ...HELP, name: "version", char: undefined, help: "show the version" };

function childrenOf(id: string, { commands, topics }: KnownProgram): readonly Candidate[] {
  const parent = id === "" ? "" : `${id}:`;
  const below = commands.filter((command) => !command.hidden && command.id.startsWith(parent) && command.id !== id);
  const names = new Set(below.map((command) => command.id.slice(parent.length).split(":")[0] ?? ""));
  const helpOf = (child: string) => commands.find((command) => command.id === child)?.help ?? topics.get(child) ?? "";
  return [...names].sort().map((value) => ({ value, help: helpOf(parent + value) }));
}
