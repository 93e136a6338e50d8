import { UsageError } from "../errors.ts";

/** Section, then key, then value; names in lower case, `_` in keys written as `-`. */
export type Dotfile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads `.awsoktaprocessor` as Python's configparser reads it, but without `%` interpolation: `=` or `:`, whole-line comments,
 * deeper lines that continue a value, with the empty lines between them, keys in any case.
 *
 * @param file its path, for messages
 * @throws UsageError `DOTFILE_INVALID`, naming the file and the line
 * @see https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function parseDotfile(text: string, file: string): Dotfile {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  let indent = 0;
  let blanks = 0;
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .entries()) {
    const content = line.trim();
    if (content === "") blanks++;
    if (content === "" || content.startsWith("#") || content.startsWith(";")) continue;
    const gap = "\n".repeat(blanks + 1);
    blanks = 0;
    const depth = line.search(/\S/);
    if (depth > indent && section !== undefined && key !== undefined) {
      section.set(key, `${section.get(key) ?? ""}${gap}${content}`);
      continue;
    }
    indent = depth;
    const name = /^\[([^\]]+)\]/.exec(content)?.[1];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, string>();
      sections.set(name, section);
      key = undefined;
      continue;
    }
    const pair = parsePair(content);
    if (pair === undefined || section === undefined) throw unreadable(file, index + 1, section !== undefined);
    key = pair.key;
    section.set(key, pair.value);
  }
  return sections;
}

function parsePair(content: string): { key: string; value: string } | undefined {
  const at = content.search(/[=:]/);
  const key = content.slice(0, Math.max(at, 0)).trim();
  return key === "" ? undefined : { key: key.toLowerCase().replaceAll("_", "-"), value: content.slice(at + 1).trim() };
}

function unreadable(file: string, line: number, inSection: boolean): UsageError {
  const expected = inSection ? "KEY=VALUE" : "a section such as [defaults] before the first key";
  return new UsageError(`${file} line ${line} is not readable`, { code: "DOTFILE_INVALID", hint: `write ${expected} there` });
}
