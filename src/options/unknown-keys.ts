import type { DotfileSource } from "./layers.ts";
import { COMMANDS } from "./option-row.ts";
import { OPTIONS } from "./table.ts";

const SECTIONS = new Set<string>([...COMMANDS, "defaults", "DEFAULT"]);
const KEYS = new Set<string>(OPTIONS.filter(({ flagOnly }) => flagOnly !== true).map(({ name }) => name));
const FLAGS = new Set<string>(OPTIONS.map(({ name }) => name));

/** What nobody reads in the dotfiles, a sentence each: a section or key that is none of ours, most often misspelt. */
export function unknownKeys(sources: readonly DotfileSource[]): readonly string[] {
  return sources.flatMap(({ file, dotfile }) =>
    [...dotfile].flatMap(([section, pairs]) => {
      if (!SECTIONS.has(section)) return [`nobody reads the section [${section}] of ${file}`];
      const unknown = [...pairs.keys()].filter((key) => !KEYS.has(key));
      return unknown.map((key) => `${FLAGS.has(key) ? `${key} is a flag only` : `there is no option ${key}`}, in [${section}] of ${file}`);
    }),
  );
}
