import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../errors.ts";
import { systemCode } from "./system-code.ts";

/** Files by their path in a folder, and what is in each. */
export type NewFiles = Readonly<Record<string, string>>;

/**
 * Fills a folder that is new or empty: with all files, or with none.
 *
 * @throws UsageError `FOLDER_NOT_EMPTY`, or `FILE_UNWRITABLE` with the system's code
 */
export function writeNewFiles(folder: string, files: NewFiles): void {
  const undo: (() => void)[] = [];
  let at = folder;
  try {
    if (isTaken(folder)) throw new UsageError(`${folder} is there already, and not an empty folder`, { code: "FOLDER_NOT_EMPTY" });
    for (const [name, text] of Object.entries(files)) {
      at = path.join(folder, name);
      makeFolder(path.dirname(at), undo);
      writeNew(at, text, undo);
    }
  } catch (error) {
    for (const step of undo.toReversed()) attempt(step);
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the file ${at} cannot be written: ${systemCode(error)}`, { code: "FILE_UNWRITABLE", cause: error });
  }
}

function isTaken(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    if (systemCode(error) === "ENOTDIR") return existsSync(folder);
    throw error;
  }
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}

/** A file that somebody else puts there meanwhile is neither written over nor taken away. */
function writeNew(file: string, text: string, undo: (() => void)[]): void {
  const handle = openSync(file, "wx");
  undo.push(() => rmSync(file));
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

/** What cannot be taken away again is left, for the rest shall go. */
function attempt(step: () => void): void {
  try {
    step();
  } catch (error) {
    systemCode(error);
  }
}
