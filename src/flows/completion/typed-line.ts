import { expandFlags } from "../../options/expand-flags.ts";
import type { KnownCommand, KnownFlag } from "./known-program.ts";

/** A command line up to the cursor, as far as it was understood. */
export interface TypedLine {
  /** Of the command or topic that it names, `plugins:install`; empty where it names none. */
  readonly id: string;
  readonly command: KnownCommand | undefined;
  /** Whether there are only names of topics and commands before the cursor. */
  readonly isName: boolean;
  /** The flag whose value is under the cursor. */
  readonly open: KnownFlag | undefined;
  readonly given: ReadonlySet<KnownFlag>;
  /** How many arguments stand before the cursor. */
  readonly args: number;
  /** Whether `--` said that no flag follows. */
  readonly isEnded: boolean;
}

/** @param before the words behind the program's name and before the cursor */
export function readLine(before: readonly string[], commands: readonly KnownCommand[]): TypedLine {
  const id = findId(before, commands);
  const command = commands.find((candidate) => candidate.id === id);
  const rest = expandFlags(before).slice(id === "" ? 0 : id.split(":").length);
  return { id, command, isName: rest.length === 0, ...readWords(rest, command?.flags ?? []) };
}

/** A word that begins with a flag. */
export interface TypedFlag {
  readonly flag: KnownFlag;
  /** What stands before the value in the same word: `--output=`, `-f`. */
  readonly before: string;
  /** In the same word; undefined where the next one may be it. */
  readonly value: string | undefined;
}

/** Knows `--factor`, `--factor=X`, `-f`, `-fX`, `-f=X` and switches before it behind the same dash. */
export function readFlag(word: string, flags: readonly KnownFlag[]): TypedFlag | undefined {
  const [, name, equals, value] = /^--([^=]+)(=(.*))?$/s.exec(word) ?? [];
  if (name !== undefined) {
    const flag = flags.find((candidate) => candidate.name === name);
    return flag === undefined ? undefined : { flag, before: `--${name}${equals === undefined ? "" : "="}`, value };
  }
  if (!/^-[^-]/.test(word)) return undefined;
  for (let at = 1; at < word.length; at++) {
    const flag = flags.find(({ char }) => char === word[at]);
    if (flag === undefined) return undefined;
    if (!flag.takesValue && at < word.length - 1) continue;
    const before = word.slice(0, word[at + 1] === "=" ? at + 2 : at + 1);
    return { flag, before, value: at === word.length - 1 ? undefined : word.slice(before.length) };
  }
  return undefined;
}

/** As far as the words lead to a command: they are separated by spaces as people write them. */
function findId(words: readonly string[], commands: readonly KnownCommand[]): string {
  let id = "";
  for (const word of words) {
    const next = id === "" ? word : `${id}:${word}`;
    if (!commands.some((command) => command.id === next || command.id.startsWith(`${next}:`))) break;
    id = next;
  }
  return id;
}

function readWords(words: readonly string[], flags: readonly KnownFlag[]): Pick<TypedLine, "open" | "given" | "args" | "isEnded"> {
  const given = new Set<KnownFlag>();
  let args = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return { open: undefined, given, args: args + words.length - at - 1, isEnded: true };
    const typed = readFlag(word, flags);
    if (typed === undefined) {
      if (!word.startsWith("-")) args++;
      continue;
    }
    given.add(typed.flag);
    if (!typed.flag.takesValue || typed.value !== undefined) continue;
    at++;
    if (at === words.length) return { open: typed.flag, given, args, isEnded: false };
  }
  return { open: undefined, given, args, isEnded: false };
}
