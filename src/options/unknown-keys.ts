import type { DotfileSource } from "./layers.ts";
import { COMMANDS, holdsIn } from "./option-row.ts";
import { OPTIONS } from "./table.ts";

const SECTIONS = new Set<string>([...COMMANDS, "defaults", "DEFAULT"]);

/** What nobody reads in the dotfiles, a sentence each: a section or key that is none of ours, most often misspelt. */
export function unknownKeys(sources: readonly DotfileSource[]): readonly string[] {
  return sources.flatMap(({ file, dotfile }) =>
    [...dotfile].flatMap(([section, pairs]) => {
      if (!SECTIONS.has(section)) return [`nobody reads the section [${section}] of ${file}`];
      return [...pairs.keys()].flatMap((key) => {
        const problem = problemOf(key, section);
        return problem === undefined ? [] : [`${problem}, in [${section}] of ${file}`];
      });
    }),
  );
}

function problemOf(key: string, section: string): string | undefined {
  const row = OPTIONS.find(({ name }) => name === key);
  if (row === undefined) return `there is no option ${key}`;
  const readers = COMMANDS.filter((command) => !COMMANDS.some((name) => name === section) || command === section);
  return readers.every((command) => holdsIn(command, row.flagOnly)) ? `${key} is a flag only` : undefined;
}
