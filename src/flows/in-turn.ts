/**
 * One at a time: what many processes want at once is done by one of them, and the others take what it came to. The lock is that of
 * files/lock.ts and dies with its holder; one that cannot be made is gone without.
 *
 * A turn that the far end refused is over for those who wait, too: a push is not sent again, nor a password. They believe a file beside the
 * lock, if it is by a holder whom they have waited for and was not there when they began to wait; so nobody believes it who comes later.
 */
import { formatOutcome, isShared, outcomeFile, readOutcome } from "../cache/outcome.ts";
import { removeKept } from "../cache/write.ts";
import { AppError } from "../errors.ts";
import { pidOf } from "../files/holder-text.ts";
import { type Held, type Patience, takeLock } from "../files/lock.ts";
import { systemCode } from "../files/system-code.ts";
import type { Parts } from "./parts.ts";
import { keepFile } from "./stations/keep-file.ts";

export interface Turn<T> {
  /** Beside it stands the lock; undefined where there is no home. */
  readonly file: string | undefined;
  /** What it is for, in words: `to sign in jdoe at acme.okta.com`. */
  readonly purpose: string;
  /** What is there already, by somebody whose turn was before. */
  readonly find: () => T | undefined;
}

/** A person may have to look for their phone. */
const PATIENCE_MS = 600_000;
/** A holder on another machine, or on Windows, may have been killed. */
const UNKNOWN_MS = 30_000;
/** Who waits no longer than this has nothing to be told, unless they have waited before the program was loaded. */
const TELL_AFTER_MS = 1_000;

/**
 * @throws what the work throws, or for those who have waited what it threw to the one they waited for; UsageError `FILE_LOCKED`,
 * CancelledError
 */
export async function inTurn<T>(parts: Pick<Parts, "world" | "terminal">, turn: Turn<T>, work: () => Promise<T>): Promise<T> {
  const { file } = turn;
  if (file === undefined) return work();
  const seen: { found: T | undefined; holder: string | undefined } = { found: undefined, holder: undefined };
  const waitedFor = parts.world.waitedFor?.file === file ? parts.world.waitedFor.holder : undefined;
  const tellAfterMs = waitedFor === undefined ? TELL_AFTER_MS : 0;
  const refusalOf = watchRefusals(file, waitedFor);
  const goOn = (holder: string, waitedMs: number): boolean => {
    if (waitedMs === tellAfterMs) parts.terminal.progress(`waiting for ${nameOther(holder)} ${turn.purpose}`);
    // As long as somebody is at it there is nothing new.
    if (holder === seen.holder) return true;
    seen.holder = holder;
    seen.found = turn.find();
    return seen.found === undefined && refusalOf(holder) === undefined;
  };
  const held = await takeTurn(file, parts, goOn);
  try {
    const found = seen.found ?? turn.find();
    if (found !== undefined) return found;
    const refusal = refusalOf();
    if (refusal !== undefined) throw refusal;
    return held === undefined ? await work() : await tellOutcome(parts.world, { file, holder: held.holder }, work);
  } finally {
    await held?.release();
  }
}

/** @returns undefined where the waiting was ended, or where there can be no lock */
async function takeTurn(
  file: string,
  { world, terminal }: Pick<Parts, "world" | "terminal">,
  goOn: NonNullable<Patience["goOn"]>,
): Promise<Held | undefined> {
  try {
    return await takeLock(file, world, { ms: PATIENCE_MS, unknownMs: UNKNOWN_MS, goOn });
  } catch (error) {
    if (!isUnwritable(error)) throw error;
    return undefined;
  } finally {
    terminal.progress(undefined);
  }
}

/** @throws what is no failure of the system */
function isUnwritable(error: unknown): boolean {
  return error instanceof AppError ? error.code === "FILE_UNWRITABLE" : systemCode(error) !== "";
}

/**
 * Told of each holder that was seen, it says how the turn of one of them was refused meanwhile.
 *
 * @param waitedFor one that was seen before, whose turn may be over
 */
function watchRefusals(file: string, waitedFor: string | undefined): (holder?: string) => AppError | undefined {
  const before = waitedFor === undefined ? readOutcome(file) : undefined;
  const holders = new Set(waitedFor === undefined ? [] : [waitedFor]);
  return (holder) => {
    if (holder !== undefined) holders.add(holder);
    if (holders.size === 0) return undefined;
    const now = readOutcome(file);
    const isNew = now !== undefined && (now.holder !== before?.holder || now.at !== before.at);
    return isNew && holders.has(now.holder) ? now.error : undefined;
  };
}

async function tellOutcome<T>(
  world: Parts["world"],
  { file, holder }: { file: string; holder: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    await removeKept(outcomeFile(file));
    return result;
  } catch (error) {
    if (isShared(error)) await keepFile(world, outcomeFile(file), formatOutcome({ holder, at: world.now().toISOString(), error }));
    throw error;
  }
}

function nameOther(holder: string): string {
  const pid = pidOf(holder);
  return pid === undefined ? "another aws-okta-processor" : `another aws-okta-processor (process ${pid})`;
}
