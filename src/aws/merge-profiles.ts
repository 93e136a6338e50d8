import type { Profile } from "@aws-okta-processor/contract";
import { type ConfigFile, isComment, parseConfigFile, type Section, type Setting } from "./config-file.ts";
import { checkProfile, type Own, readCommand } from "./own-profile.ts";
import { profileNameOf } from "./profile-name.ts";

export interface MergeRules {
  /** For errors. */
  readonly file: string;
  /** Whether what is no longer given is removed. */
  readonly prune: boolean;
  /** Whether it is the config file, where a profile is called one, and not a credentials file. */
  readonly inConfig: boolean;
  /** The sources of which the profiles are all that there are: what is not among them is no longer given. */
  readonly listed: ReadonlySet<string>;
}

export interface Merged {
  readonly text: string;
  /** Lines that begin with `+`, `-` or a space; empty ones are left out. */
  readonly changes: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: number;
  readonly gone: readonly string[];
  /** Sections of others that have a wanted name. */
  readonly conflicts: readonly string[];
}

type Judged = { readonly section: Section } & (
  | { readonly fate: "foreign" | "same" | "gone" }
  | { readonly fate: "changed"; readonly setting: Setting; readonly command: string }
);

interface Piece {
  readonly text: string;
  readonly changes: readonly string[];
}

/**
 * Brings our profiles into the text of an AWS config or credentials file, which else stays as it is, byte for byte. A section is ours if its
 * credential_process is the one that we write; it stands for its role, whatever its name is, and nothing but that line of it is rewritten.
 *
 * @param text undefined where there is no file yet
 * @throws UsageError `CONFIG_FILE_INVALID` for a file that botocore does not read
 */
export function mergeProfiles(text: string | undefined, profiles: readonly Profile[], rules: MergeRules): Merged {
  const wanted: Wanted = {
    profiles: new Map(profiles.map((profile) => [checkProfile(profile), profile] as const)),
    inConfig: rules.inConfig,
  };
  const file = parseConfigFile(text ?? "", rules.file);
  const judged = judgeSections(file, wanted, rules);
  const kept = judged.filter(({ fate }) => !(rules.prune && fate === "gone"));
  const { added, conflicts } = placeNew(findNew(wanted, file), kept);
  const head: Piece = { text: file.lines.slice(0, file.sections[0]?.start).join(""), changes: [] };
  const old = [head, ...judged.map((one) => writeSection(file, one, rules.prune))];
  const oldText = old.map((piece) => piece.text).join("");
  const named = (fate: Judged["fate"]) => judged.filter((one) => one.fate === fate).map(({ section }) => section.header);
  return {
    text: append(oldText, added, /\r\n|\r|\n/u.exec(text ?? "")?.[0] ?? "\n"),
    changes: [...old.flatMap(({ changes }) => changes), ...added.flatMap(linesOf).map((line) => `+${line}`)],
    added: added.map(({ section }) => section),
    changed: named("changed"),
    unchanged: named("same").length,
    gone: named("gone"),
    conflicts,
  };
}

interface Wanted {
  readonly profiles: ReadonlyMap<Own, Profile>;
  /** Whether the file is the config file, where a profile is called one. */
  readonly inConfig: boolean;
}

const isOfConfig = (header: string): boolean => profileNameOf(header).startsWith("profile ");

function judgeSections({ sections }: ConfigFile, { profiles, inConfig }: Wanted, { listed }: MergeRules): readonly Judged[] {
  const commands = new Map(Array.from(profiles, ([{ role }, { settings }]) => [role, settings["credential_process"]]));
  return sections.map((section) => {
    const { setting, own } = readOwn(section, inConfig);
    if (setting === undefined || own === undefined) return { section, fate: "foreign" };
    const command = commands.get(own.role);
    if (command === undefined) return { section, fate: listed.has(own.source) ? "gone" : "foreign" };
    return isSame(command, own) ? { section, fate: "same" } : { section, fate: "changed", setting, command };
  });
}

/** A section without the word `profile` stands for nobody in a config file, where somebody may have written one by mistake. */
/** The key says what the account is called, which no cache of ours needs, and which is not always known. */
function isSame(command: string, own: Own): boolean {
  const wanted = readCommand(command);
  return wanted?.source === own.source && wanted.role === own.role;
}

function readOwn(
  { header, settings }: Section,
  inConfig: boolean,
): { readonly setting?: Setting | undefined; readonly own?: Own | undefined } {
  if (inConfig && !isOfConfig(header)) return {};
  const setting = settings.find(({ key }) => key === "credential_process");
  return setting === undefined || setting.goesOn ? {} : { setting, own: readCommand(setting.value) };
}

function findNew({ profiles, inConfig }: Wanted, { sections }: ConfigFile): readonly Profile[] {
  const there = new Set(sections.map((section) => readOwn(section, inConfig).own?.role));
  return Array.from(profiles).flatMap(([{ role }, profile]) => (there.has(role) ? [] : [profile]));
}

function placeNew(fresh: readonly Profile[], kept: readonly Judged[]): Pick<Merged, "conflicts"> & { readonly added: readonly Profile[] } {
  const taken = new Map(kept.map(({ section }) => [profileNameOf(section.header), section.header]));
  const holderOf = ({ section }: Profile) => taken.get(profileNameOf(section));
  return {
    added: fresh.filter((profile) => holderOf(profile) === undefined),
    conflicts: fresh.flatMap((profile) => holderOf(profile) ?? []),
  };
}

function writeSection({ lines }: ConfigFile, judged: Judged, prune: boolean): Piece {
  const { start, headerLine, lastLine, end } = judged.section;
  if (judged.fate === "changed") return rewrite(lines, judged);
  if (judged.fate !== "gone" || !prune) return { text: lines.slice(start, end).join(""), changes: [] };
  const kept = [...lines.slice(start, headerLine), ...fromComment(lines.slice(lastLine + 1, end))];
  return { text: kept.join(""), changes: showRemoved(lines, judged.section) };
}

/** Whose comments below a section are, nobody can tell, so they stay. */
function fromComment(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => isComment(line.trim()));
  return first === -1 ? [] : lines.slice(first);
}

function rewrite(lines: readonly string[], { section, setting, command }: Extract<Judged, { fate: "changed" }>): Piece {
  const was = lines[setting.line] ?? "";
  const is = was.replace(setting.value, () => command);
  return {
    text: [...lines.slice(section.start, setting.line), is, ...lines.slice(setting.line + 1, section.end)].join(""),
    changes: [...diff(" ", lines.slice(section.headerLine, section.headerLine + 1)), ...diff("-", [was]), ...diff("+", [is])],
  };
}

function diff(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${mark}${line.trimEnd()}`);
}

/** A section of ours that goes. Of what a person has added to it only the keys are shown. */
function showRemoved(lines: readonly string[], { headerLine, lastLine, settings }: Section): readonly string[] {
  const keys = new Map(settings.map(({ line, key }) => [line, key]));
  return lines.slice(headerLine, lastLine + 1).flatMap((text, index) => {
    const key = keys.get(headerLine + index);
    if (text.trim() === "") return [];
    if (index === 0 || key === "credential_process") return diff("-", [text]);
    return [key === undefined ? "-…" : `-${key} = …`];
  });
}

function linesOf({ section, settings }: Profile): readonly string[] {
  return [`[${section}]`, ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`)];
}

/** One empty line stands before each section. */
function append(text: string, added: readonly Profile[], lineEnd: string): string {
  if (added.length === 0) return text;
  const sections = added.map((profile) => `${linesOf(profile).join(lineEnd)}${lineEnd}`);
  return `${text}${gapAfter(text, lineEnd)}${sections.join(lineEnd)}`;
}

function gapAfter(text: string, lineEnd: string): string {
  if (text === "" || text === "\ufeff" || /(?:^|\n|\r(?!\n))[^\S\r\n]*(?:\r\n|\r|\n)$/u.test(text)) return "";
  return /[\r\n]$/u.test(text) ? lineEnd : `${lineEnd}${lineEnd}`;
}
