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
    const workingDirectory = file !== atHome;
    const text = readText(file, workingDirectory);
    return text === undefined ? [] : [{ file, dotfile: parseDotfile(text, file), workingDirectory }];
  });
}

/** A stranger's may be a link to what never ends, as a device. */
const MOST_BYTES = 1_000_000;

/** Most often there is none, and to look first costs less than an error. */
function readText(file: string, strange: boolean): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (strange && (!(stats.isFile() || stats.isDirectory()) || stats.size > MOST_BYTES))
      throw Object.assign(new Error(), { code: "EFBIG" });
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new UsageError(`cannot read ${file}: ${String(code)}`, { code: "DOTFILE_UNREADABLE", cause: error });
  }
}
