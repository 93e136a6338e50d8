import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { parseDotfile } from "./dotfile.ts";
import type { DotfileSource } from "./layers.ts";

const NAME = ".awsoktaprocessor";
/** A working directory may hold anything. */
const MOST_BYTES = 1_048_576;

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
    const stats = statSync(file, { throwIfNoEntry: false });
    // A link to /dev/null says that there is none.
    if (stats === undefined || stats.isCharacterDevice()) return undefined;
    if (stats.isFIFO() || stats.size > MOST_BYTES)
      throw Object.assign(new Error(), { code: stats.isFIFO() ? "it is a pipe" : "it is too big" });
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UsageError(`cannot read ${file}: ${String(code)}`, { code: "DOTFILE_UNREADABLE", cause: error });
  }
}
