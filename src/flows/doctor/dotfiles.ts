import { statSync } from "node:fs";
import { AppError } from "../../errors.ts";
import type { DotfileSource, Found } from "../../options/layers.ts";
import { COMMANDS } from "../../options/option-row.ts";
import { parseOptions } from "../../options/options.ts";
import { withoutPassword } from "../../options/parse-value.ts";
import { readDotfiles } from "../../options/read-dotfiles.ts";
import { gatherOptions, type Outside } from "../../options/resolve.ts";
import { type NamedRow, OPTIONS, type OptionName } from "../../options/table.ts";
import { unknownKeys } from "../../options/unknown-keys.ts";
import { type Finding, note, ok, problem, warning } from "./finding.ts";

/** One of the places for a dotfile. @param folder undefined where there is no home */
export function lookAtDotfile(folder: string | undefined, where: string, platform: string): readonly Finding[] {
  const [source] = folder === undefined ? [] : readDotfiles({ cwd: folder, home: undefined });
  if (source === undefined) return [note(`there is none ${where}`)];
  const unknown = unknownKeys([source]).length;
  return [
    ok(
      `${source.file} is read: ${countKeys(source)} in ${[...source.dotfile.keys()]
        .filter(isKnown)
        .map((name) => `[${name}]`)
        .join(", ")}`,
    ),
    ...(unknown === 0 ? [] : [warnOfUnknown(unknown)]),
    ...(platform === "win32" ? [] : lookAtMode(source)),
  ];
}

const isKnown = (section: string): boolean => ["defaults", "DEFAULT", ...COMMANDS].includes(section);

function countKeys({ dotfile }: DotfileSource): string {
  const count = [...dotfile.values()].reduce((sum, pairs) => sum + pairs.size, 0);
  return count === 1 ? "1 key" : `${count} keys`;
}

/** What they are called is not said here: a misspelt name may be anything. */
function warnOfUnknown(count: number): Finding {
  return warning(`${count === 1 ? "a section or key" : `${count} sections or keys`} of it nobody reads`, {
    why: "most often it is misspelt",
    fix: "aws-okta-processor config show names it",
  });
}

function lookAtMode({ file, dotfile }: DotfileSource): readonly Finding[] {
  const secrets = OPTIONS.filter(({ secret }) => secret === true).map(({ name }) => name);
  const holds = [...dotfile.values()].some((pairs) => secrets.some((name) => pairs.has(name)));
  const mode = statSync(file).mode & 0o777;
  if (!holds || (mode & 0o077) === 0) return [];
  return [problem(`${file} holds a password and is open to other users (mode ${mode.toString(8)})`, { fix: `chmod 600 ${file}` })];
}

/** What the commands would say of the options, and where each comes from. */
export function lookAtOptions(outside: Outside, showNames: boolean): readonly Finding[] {
  const found = gatherOptions("authenticate", {}, outside);
  const given = OPTIONS.flatMap((row) => {
    const value = found.get(row.name);
    return value === undefined || value.layer === "default" ? [] : [ok(`${row.name}: ${showValue(row, value, showNames)} (${value.from})`)];
  });
  return [
    ...(given.length === 0 ? [note("none is given by a variable or a dotfile")] : given),
    ...COMMANDS.flatMap((command) => judge(command, gatherOptions(command, {}, outside))),
  ];
}

function judge(command: (typeof COMMANDS)[number], found: ReadonlyMap<OptionName, Found>): readonly Finding[] {
  try {
    parseOptions(found);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [problem(error.message, { why: `${command} does not begin with it`, fix: error.hint })];
  }
}

/** Kinds whose values tell nothing of anybody, if they are what they should be. */
const PLAIN: ReadonlySet<string> = new Set(["switch", "duration", "region"] satisfies NamedRow["kind"][]);
const COMMAND_LINES: readonly OptionName[] = ["password-command", "factor-code-command"];

function showValue(row: NamedRow, value: Found, showNames: boolean): string {
  if (row.secret === true || COMMAND_LINES.includes(row.name)) return "********";
  const isPlain = row.values?.includes(value.raw) === true || (PLAIN.has(row.kind) && isValid(row.name, value));
  return isPlain || showNames ? JSON.stringify(withoutPassword(value.raw)) : "given";
}

function isValid(name: OptionName, value: Found): boolean {
  try {
    parseOptions(new Map([[name, value]]));
    return true;
  } catch {
    return false;
  }
}
