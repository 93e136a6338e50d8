/**
 * The one way in which this program replaces a file: written beside it, brought to the disk, renamed into its place. Whoever reads sees the
 * old one or the new one, whoever is killed leaves no more than an unfinished one beside it. write-file-atomic is not used: it does not see
 * that the disk took only a part, and puts that in place.
 */
import type { Stats } from "node:fs";
import { type FileHandle, lstat, open, rename, rm } from "node:fs/promises";

/** What stands in the file's place is not followed, be it a link or a pipe: it is replaced. */
export interface Whole {
  readonly file: string;
  readonly text: string;
  /** The mode and the owner that it gets; without, it is its owner's alone from its first byte. */
  readonly like?: Stats | undefined;
  /** Whose it shall be where the writer may say so, which is root's right. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
}

/** How the name of every unfinished file ends. */
export const UNFINISHED = ".new-aws-okta-processor";

/** More are there only where somebody made them for that. */
const MOST_UNFINISHED = 100;

/** The first of the names under which a file is written; others follow where that is taken. */
export function unfinishedOf(file: string, count = 1): string {
  return `${file}${count === 1 ? "" : `.${count}`}${UNFINISHED}`;
}

/** @throws what the system says; nothing unfinished is left then */
export async function writeWhole(whole: Whole): Promise<void> {
  const { place, handle } = await begin(whole.file);
  try {
    try {
      await fill(handle, whole);
      await assertOurs(place, handle);
    } finally {
      await handle.close();
    }
    await rename(place, whole.file);
  } catch (error) {
    await rm(place, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function begin(file: string): Promise<{ readonly place: string; readonly handle: FileHandle }> {
  for (let count = 1; ; count++) {
    const place = unfinishedOf(file, count);
    try {
      return { place, handle: await open(place, "wx", 0o600) };
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || count === MOST_UNFINISHED) throw error;
    }
  }
}

async function fill(handle: FileHandle, { text, like, owner }: Whole): Promise<void> {
  await handle.writeFile(text);
  if (owner !== undefined) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
  if (like !== undefined) {
    const { uid, gid } = await handle.stat();
    if (uid !== like.uid || gid !== like.gid) await handle.chown(like.uid, like.gid);
    await handle.chmod(like.mode & 0o7777);
  }
  await handle.sync();
}

/** Who was stopped for hours may find that it was tidied away, and that another has begun under its name. */
async function assertOurs(place: string, handle: FileHandle): Promise<void> {
  const [there, ours] = await Promise.all([lstat(place, { bigint: true }), handle.stat({ bigint: true })]);
  if (there.ino !== ours.ino) throw Object.assign(new Error("another process writes there"), { code: "ESTALE" });
}
