/**
 * A lock that dies with its holder. It is a link whose target is a text that says who holds it: made at once and whole, or not at all.
 *
 * The lock of a dead holder goes to whoever makes that holder's heir, a link of its own name beside it, and finds the dead one still in
 * place then: the heir is moved over the lock, and only after that can another be made, which finds the dead one gone. An heir that dies
 * on the way has heirs itself. No time decides anything.
 */
import { lstat, mkdir, readFile, readlink, rename, symlink, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { describeSelf, type HolderWorld, judge } from "./holder.ts";
import { nameHolder } from "./holder-text.ts";
import { systemCode } from "./system-code.ts";

export type LockWorld = HolderWorld & Pick<World, "sleep" | "signal" | "taken">;

/** How somebody waits who does not get the lock at once. */
export interface Patience {
  /** With a holder that lives. */
  readonly ms: number;
  /** With one of which nobody can tell whether it lives: it is taken for dead after that. Undefined where it is waited for as any. */
  readonly unknownMs?: number;
  /** Told who holds the lock each time that it was not to be had, empty if that is known no more; false ends the waiting. */
  readonly goOn?: (holder: string, waitedMs: number) => boolean;
}

export interface Held {
  /** Who holds it now: this process. */
  readonly holder: string;
  readonly release: () => Promise<void>;
}

const POLL_MS = 50;
/** Whoever has waited for long waits for a person. */
const CALM_AFTER_MS = 5_000;
const CALM_POLL_MS = 250;
/** Whether a holder lives costs more to learn than whether it holds. */
const JUDGE_EVERY_MS = 500;
const PATIENCE: Patience = { ms: 30_000 };

interface Lock {
  readonly file: string;
  readonly self: string;
  readonly isDead: (holder: string) => Promise<boolean>;
}

/**
 * Does something that nobody else does to that file at the same time. Processes that do not ask for the lock are not stopped.
 *
 * @throws CancelledError, and UsageError `FILE_LOCKED` where the holder lives on for longer than the patience, `FILE_UNWRITABLE`
 */
export async function withLock<T>(file: string, world: LockWorld & { readonly patienceMs?: number }, action: () => Promise<T>): Promise<T> {
  const held = await takeLock(file, world, world.patienceMs === undefined ? PATIENCE : { ms: world.patienceMs });
  try {
    return await action();
  } finally {
    await held?.release();
  }
}

/**
 * Takes the lock of a file.
 *
 * @returns undefined where the waiting was ended
 * @throws as `withLock`
 */
export async function takeLock(file: string, world: LockWorld, patience: Patience): Promise<Held | undefined> {
  // At once, for it is given to one taker alone.
  const isOurs = world.taken.delete(file);
  const self = await describeSelf(world);
  const judged = { unknown: "", unknownForMs: 0 };
  const isDead = async (holder: string): Promise<boolean> => {
    const fate = await judge(holder, self, world.platform);
    judged.unknownForMs = fate === "unknown" && holder === judged.unknown ? judged.unknownForMs + JUDGE_EVERY_MS : 0;
    judged.unknown = holder;
    return fate === "dead" || judged.unknownForMs >= (patience.unknownMs ?? Number.POSITIVE_INFINITY);
  };
  const lock = { file: `${file}.lock`, self, isDead };
  await mkdir(path.dirname(lock.file), { recursive: true, mode: 0o700 }).catch((error: unknown) => fail(lock, error));
  if (!isOurs && !(await wait(lock, world, patience))) return undefined;
  return { holder: self, release: () => release(lock) };
}

async function wait(lock: Lock, { sleep, signal }: LockWorld, { ms, goOn }: Patience): Promise<boolean> {
  let holder = await claim(lock, lock.file);
  for (let waitedMs = 0; holder !== undefined; ) {
    if (goOn?.(holder, waitedMs) === false) return false;
    if (waitedMs >= ms) {
      throw new UsageError(`${lock.file} is held by ${nameHolder(holder)}`, {
        code: "FILE_LOCKED",
        hint: "wait for it to end; if there is no such process any more, remove that file",
      });
    }
    const napMs = waitedMs < CALM_AFTER_MS ? POLL_MS : CALM_POLL_MS;
    await sleep(napMs, signal);
    waitedMs += napMs;
    holder = waitedMs % JUDGE_EVERY_MS === 0 ? await claim(lock, lock.file) : await tryOnly(lock);
  }
  return true;
}

/** As `claim`, but the living and the dead are waited for alike. */
async function tryOnly(lock: Lock): Promise<string | undefined> {
  return (await make(lock, lock.file)) ? undefined : ((await readHolder(lock.file)) ?? "");
}

/** @returns who holds it, empty if that is known no more; undefined if it is ours now */
async function claim(lock: Lock, place: string): Promise<string | undefined> {
  if (await make(lock, place)) return undefined;
  const holder = await readHolder(place);
  if (holder === undefined) return "";
  return (await lock.isDead(holder)) ? succeed(lock, place, holder) : holder;
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
    const stats = await lstat(place);
    if (stats.isSymbolicLink()) return await readlink(place);
    // A pipe would be waited at for ever.
    return stats.isFile() ? await readFile(place, "utf8") : "";
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
