/**
 * A lock that dies with its holder. It is a link whose target is a text that says who holds it: made at once and whole, or not at all.
 *
 * The lock of a dead holder goes to whoever makes that holder's heir, a link of its own name beside it, and finds the dead one still in
 * place then: the heir is moved over the lock, and only after that can another be made, which finds the dead one gone. An heir that dies
 * on the way has heirs itself. No time decides anything.
 */
import { mkdir, readFile, readlink, rename, symlink, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { describeSelf, type HolderWorld, isDead, nameHolder } from "./holder.ts";
import { systemCode } from "./system-code.ts";

export type LockWorld = HolderWorld & Pick<World, "sleep" | "signal"> & { readonly patienceMs?: number };

const POLL_MS = 50;
const PATIENCE_MS = 30_000;

interface Lock {
  readonly file: string;
  readonly self: string;
  readonly platform: string;
}

/**
 * Does something that nobody else does to that file at the same time. Processes that do not ask for the lock are not stopped.
 *
 * @throws CancelledError, and UsageError `FILE_LOCKED` where the holder lives on for longer than the patience, `FILE_UNWRITABLE`
 */
export async function withLock<T>(file: string, world: LockWorld, action: () => Promise<T>): Promise<T> {
  const lock = { file: `${file}.lock`, self: await describeSelf(world), platform: world.platform };
  await take(lock, world);
  try {
    return await action();
  } finally {
    await release(lock);
  }
}

async function take(lock: Lock, { sleep, signal, patienceMs = PATIENCE_MS }: LockWorld): Promise<void> {
  await mkdir(path.dirname(lock.file), { recursive: true, mode: 0o700 }).catch((error: unknown) => fail(lock, error));
  let holder = await claim(lock, lock.file);
  for (let waitedMs = 0; holder !== undefined; waitedMs += POLL_MS) {
    if (waitedMs >= patienceMs) {
      throw new UsageError(`${lock.file} is held by ${nameHolder(holder)}`, {
        code: "FILE_LOCKED",
        hint: "wait for it to end; if there is no such process any more, remove that file",
      });
    }
    await sleep(POLL_MS, signal);
    holder = await claim(lock, lock.file);
  }
}

/** @returns who holds it, empty if that is known no more; undefined if it is ours now */
async function claim(lock: Lock, place: string): Promise<string | undefined> {
  if (await make(lock, place)) return undefined;
  const holder = await readHolder(place);
  if (holder === undefined) return "";
  return (await isDead(holder, lock.self, lock.platform)) ? succeed(lock, place, holder) : holder;
}

async function succeed(lock: Lock, place: string, dead: string): Promise<string | undefined> {
  const heir = `${lock.file}.${dead}`;
  const other = await claim(lock, heir);
  if (other !== undefined) return other;
  if ((await readHolder(place)) === dead) {
    await rename(heir, place);
    return undefined;
  }
  await unlink(heir);
  return "";
}

/** Where links cannot be made, a file stands for one. */
async function make(lock: Lock, place: string): Promise<boolean> {
  try {
    await symlink(lock.self, place).catch((error: unknown) =>
      NO_LINKS.has(systemCode(error)) ? writeFile(place, lock.self, { flag: "wx", mode: 0o600 }) : Promise.reject(error as Error),
    );
    return true;
  } catch (error) {
    return systemCode(error) === "EEXIST" ? false : fail(lock, error);
  }
}

const NO_LINKS = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"]);

async function readHolder(place: string): Promise<string | undefined> {
  try {
    return await readlink(place).catch(() => readFile(place, "utf8"));
  } catch (error) {
    return systemCode(error) === "ENOENT" ? undefined : "";
  }
}

/** What is not ours any more, because somebody removed it, is not removed. */
async function release(lock: Lock): Promise<void> {
  if ((await readHolder(lock.file)) === lock.self) await unlink(lock.file).catch(() => undefined);
}

function fail(lock: Lock, error: unknown): never {
  throw new UsageError(`the file ${lock.file} cannot be written: ${systemCode(error)}`, { code: "FILE_UNWRITABLE", cause: error });
}
