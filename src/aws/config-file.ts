import { UsageError } from "../errors.ts";

/** A key and its value on one line, the line being an index. */
export interface Setting {
  /** In lower case, as botocore takes it. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
  /** Whether indented lines below belong to the value. */
  readonly goesOn: boolean;
}

/** Lines of the file, as indexes: comments directly above the header, the header, and all up to the next section. */
export interface Section {
  /** What stands between the brackets. */
  readonly header: string;
  readonly start: number;
  readonly headerLine: number;
  /** The last line that says something: of a setting, or the header. */
  readonly lastLine: number;
  readonly end: number;
  readonly settings: readonly Setting[];
}

export interface ConfigFile {
  /** Each with its line end. */
  readonly lines: readonly string[];
  readonly sections: readonly Section[];
}

interface Reading {
  readonly file: string;
  readonly headers: Set<string>;
  readonly sections: { header: string; headerLine: number; lastLine: number; settings: { -readonly [K in keyof Setting]: Setting[K] }[] }[];
  /** Of the section that is read. */
  keys: Set<string>;
  indent: number;
  mayGoOn: boolean;
}

/**
 * Reads an AWS config or credentials file by the rules of botocore, the strictest reader: what it refuses is refused.
 *
 * @throws UsageError `CONFIG_FILE_INVALID` with the line
 * @see https://docs.python.org/3/library/configparser.html botocore reads with its RawConfigParser
 */
export function parseConfigFile(text: string, file: string): ConfigFile {
  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const reading: Reading = { file, headers: new Set(), sections: [], keys: new Set(), indent: 0, mayGoOn: false };
  for (const [at, line] of lines.entries()) readLine(reading, line, at);
  const starts = reading.sections.map(({ headerLine }) => findStart(lines, headerLine));
  const sections = reading.sections.map((section, index) => ({
    ...section,
    start: starts[index] ?? 0,
    end: starts[index + 1] ?? lines.length,
  }));
  return { lines, sections };
}

/** trim() takes a byte order mark for a space, too. */
function readLine(reading: Reading, line: string, at: number): void {
  const text = line.trim();
  if (text === "" || isComment(text)) return;
  const indent = line.search(/\S/);
  const header = /^\[(.+)\]/su.exec(text)?.[1];
  const isBelow = reading.mayGoOn && indent > reading.indent;
  if (!isBelow) reading.indent = indent;
  if (isBelow) goOn(reading, text, at);
  else if (header === undefined) addSetting(reading, text, at);
  else openSection(reading, header, at);
}

export const isComment = (text: string): boolean => text.startsWith("#") || text.startsWith(";");

/** An empty value opens a block of its own settings. */
function goOn(reading: Reading, text: string, at: number): void {
  const section = reading.sections.at(-1);
  const setting = section?.settings.at(-1);
  if (section === undefined || setting === undefined || (setting.value === "" && !text.includes("=")))
    throw invalid(reading, at, "this is not readable");
  setting.goesOn = true;
  section.lastLine = at;
}

function openSection(reading: Reading, header: string, at: number): void {
  if (reading.headers.has(header)) throw invalid(reading, at, `there is a second [${header}]`);
  reading.headers.add(header);
  reading.sections.push({ header, headerLine: at, lastLine: at, settings: [] });
  reading.keys = new Set();
  reading.mayGoOn = false;
}

function addSetting(reading: Reading, text: string, line: number): void {
  const section = reading.sections.at(-1);
  if (section === undefined) throw invalid(reading, line, "this stands before the first section");
  const at = text.search(/[=:]/u);
  const key = text.slice(0, Math.max(at, 0)).trim().toLowerCase();
  if (key === "") throw invalid(reading, line, "this is not readable");
  if (reading.keys.has(key)) throw invalid(reading, line, `there is a second ${key} in [${section.header}]`);
  reading.keys.add(key);
  section.settings.push({ key, value: text.slice(at + 1).trim(), line, goesOn: false });
  section.lastLine = line;
  reading.mayGoOn = true;
}

function invalid({ file }: Reading, at: number, what: string): UsageError {
  return new UsageError(`${file} line ${at + 1}: ${what}`, {
    code: "CONFIG_FILE_INVALID",
    hint: "nothing was written; the AWS CLI does not take such a file either",
  });
}

function findStart(lines: readonly string[], headerLine: number): number {
  let start = headerLine;
  while (isComment(lines[start - 1]?.trim() ?? "")) start -= 1;
  return start;
}
