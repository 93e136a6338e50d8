import { lstat, readFile, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../errors.ts";
import { systemCode } from "./system-code.ts";

/** More links than any system follows. */
const MOST_LINKS = 40;

/**
 * The file behind all links, which need not exist.
 *
 * @throws UsageError `FILE_UNREADABLE`
 */
export async function realFileOf(file: string, linksLeft = MOST_LINKS): Promise<string> {
  if (linksLeft === 0) throw unreadable(file, "ELOOP");
  const absolute = path.resolve(file);
  const folder = path.dirname(absolute);
  const place = path.join(await realpath(folder).catch((error: unknown) => absentAs(folder, error, folder)), path.basename(absolute));
  const stats = await lstat(place).catch((error: unknown) => absentAs(undefined, error, file));
  if (stats?.isSymbolicLink() !== true) return place;
  return realFileOf(path.resolve(path.dirname(place), await readlink(place)), linksLeft - 1);
}

/**
 * The text of a file in UTF-8, with its byte order mark if it has one; undefined where there is no file.
 *
 * @throws UsageError `FILE_UNREADABLE`
 */
export async function readText(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch((error: unknown) => absentAs(undefined, error, file));
  if (stats === undefined) return undefined;
  if (!stats.isFile()) throw unreadable(file, "it is no file");
  const bytes = await readFile(file).catch((error: unknown) => absentAs(undefined, error, file));
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw unreadable(file, "it is not UTF-8");
  }
}

function absentAs<T>(absent: T, error: unknown, file: string): T {
  const code = systemCode(error);
  if (code === "ENOENT") return absent;
  throw unreadable(file, code);
}

function unreadable(file: string, reason: string): UsageError {
  return new UsageError(`the file ${file} cannot be read: ${reason}`, { code: "FILE_UNREADABLE", hint: "nothing was written" });
}
