import type { Stats } from "node:fs";
import { access, constants, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../errors.ts";
import { unfinishedOf, writeWhole } from "../write-whole.ts";
import { readText } from "./read-text.ts";
import { systemCode } from "./system-code.ts";

export interface Replacement {
  /** The real file, of which the caller holds the lock. */
  readonly file: string;
  /** What was read of it, undefined where it was not there. */
  readonly was: string | undefined;
  readonly text: string;
}

/**
 * Replaces a text file, whole or not at all, with the mode and the owner that it had; what was there before is kept beside it. A new file
 * is its owner's alone.
 *
 * @throws UsageError `FILE_CHANGED` if it is not what was read, `FILE_UNWRITABLE` with the system's code
 */
export async function replaceText({ file, was, text }: Replacement): Promise<void> {
  if ((await readText(file)) !== was) {
    throw new UsageError(`${file} was changed by another program meanwhile`, {
      code: "FILE_CHANGED",
      hint: "nothing was written; run the command again",
    });
  }
  if (was === undefined) return replaceFile(file, text);
  const like = await statWritable(file);
  await replaceFile(`${file}.before-aws-okta-processor`, was, like);
  return replaceFile(file, text, like);
}

/** A file that its owner has closed to writing is left so, though its folder would let it be replaced. */
async function statWritable(file: string): Promise<Stats> {
  try {
    await access(file, constants.W_OK);
    return await stat(file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The caller holds the lock: what is there unfinished was left by somebody who was killed. */
async function replaceFile(file: string, text: string, like?: Stats): Promise<void> {
  try {
    await rm(unfinishedOf(file), { force: true });
    await writeWhole({ file, text, like });
    await syncFolder(path.dirname(file));
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The name is on the disk, too; Windows opens no folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function unwritable(file: string, error: unknown): UsageError {
  return new UsageError(`the file ${file} cannot be written: ${systemCode(error)}`, { code: "FILE_UNWRITABLE", cause: error });
}
