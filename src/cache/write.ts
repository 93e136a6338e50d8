import { chmod, lstat, mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../write-whole.ts";
import { believeOpen } from "./read.ts";

export interface KeptFile {
  readonly file: string;
  readonly content: string;
  readonly platform: string;
}

/** What was open to other users, a sentence each. */
export interface Closing {
  readonly closed: readonly string[];
  /** What the file system does not let be closed. */
  readonly open: readonly string[];
}

/**
 * Writes a file that holds secrets: 0600 from its first byte, whole or not at all, in a folder of 0700. A folder may be a
 * link to another; what root writes belongs to whom the folder belongs; what stands in place of the file and is none is replaced and never written into.
 *
 * @throws what the system says, also where the folder is open to others and not ours to close
 */
export async function writeKept({ file, content, platform }: KeptFile): Promise<Closing> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const closing = platform === "win32" ? NOTHING : addUp([await closeFolder(folder), await closeFile(file).catch(() => NOTHING)]);
  await writeWhole({ file, text: content, owner: await stat(folder) });
  return closing;
}

/** A file that cannot be removed is left. */
export async function removeKept(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/** Closes kept files and their folders before they are read. What cannot be closed stays as it is. */
export async function closeKept(files: readonly string[], platform: string): Promise<Closing> {
  if (platform === "win32") return NOTHING;
  const folders = Array.from(new Set(files.map((file) => path.dirname(file))));
  const closings = [...folders.map(closeFolder), ...files.map(closeFile)].map((closing) => closing.catch(() => NOTHING));
  return addUp(await Promise.all(closings));
}

const NOTHING: Closing = { closed: [], open: [] };

function addUp(closings: readonly Closing[]): Closing {
  return { closed: closings.flatMap(({ closed }) => closed), open: closings.flatMap(({ open }) => open) };
}

async function closeFolder(folder: string): Promise<Closing> {
  const stats = await stat(folder).catch(() => undefined);
  return stats === undefined ? NOTHING : close(folder, stats.mode, 0o700);
}

async function closeFile(file: string): Promise<Closing> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats?.isFile() !== true) return NOTHING;
  const closing = await close(file, stats.mode, 0o600);
  if (closing.open.length > 0) believeOpen(file);
  return closing;
}

async function close(target: string, was: number, mode: number): Promise<Closing> {
  if ((was & 0o077) === 0) return NOTHING;
  await chmod(target, mode);
  const { mode: now } = await stat(target);
  const told = `${target} ${(now & 0o077) === 0 ? "was" : "is"} open to other users (mode ${(was & 0o777).toString(8)})`;
  return (now & 0o077) === 0
    ? { closed: [`${told} and is not any more`], open: [] }
    : { closed: [], open: [`${told}, and its file system does not let that be changed`] };
}
