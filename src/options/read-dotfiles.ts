import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { parseDotfile } from "./dotfile.ts";
import type { DotfileSource } from "./layers.ts";

const NAME = ".awsoktaprocessor";

/**
 * The dotfiles that exist, the working directory's first.
 *
 * @throws UsageError `DOTFILE_UNREADABLE` or `DOTFILE_INVALID`, naming the file
 */
export function readDotfiles({ cwd, home }: Pick<World, "cwd" | "home">): readonly DotfileSource[] {
  const atHome = home === undefined ? undefined : path.join(home, NAME);
  const here = path.join(cwd, NAME);
  const files = here === atHome || atHome === undefined ? [here] : [here, atHome];
  return files.flatMap((file) => {
    const text = readText(file);
    return text === undefined ? [] : [{ file, dotfile: parseDotfile(text, file), workingDirectory: file !== atHome }];
  });
}

/** Most often there is none, and to look first costs less than an error. */
function readText(file: string): string | undefined {
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UsageError(`cannot read ${file}: ${String(code)}`, { code: "DOTFILE_UNREADABLE", cause: error });
  }
}
