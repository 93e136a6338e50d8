import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import path from "node:path";

export interface KeptFile {
  readonly file: string;
  readonly content: string;
  readonly platform: string;
}

/**
 * Writes a file that holds secrets: 0600 from its first byte, whole or not at all, in a folder of 0700.
 *
 * @returns what was open to other users before and is closed now, a sentence each
 */
export async function writeKept({ file, content, platform }: KeptFile): Promise<readonly string[]> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const closed = platform === "win32" ? [] : [await close(folder, 0o700), await close(file, 0o600)];
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(file, content, { mode: 0o600 });
  return closed.filter((sentence) => sentence !== undefined);
}

/** A file that cannot be removed is left. */
export async function removeKept(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/** @returns the system's code where it is there still */
export async function removeForGood(file: string): Promise<string | undefined> {
  try {
    await rm(file, { force: true });
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  }
}

async function close(target: string, mode: number): Promise<string | undefined> {
  const stats = await lstat(target).catch(() => undefined);
  if (stats === undefined || stats.isSymbolicLink() || (stats.mode & 0o077) === 0) return undefined;
  await chmod(target, mode);
  return `${target} was open to other users (mode ${(stats.mode & 0o777).toString(8)}) and is not any more`;
}
