/**
 * Where nothing plain is kept, before the program is loaded: one of many that want the same takes the turn, which `flows/in-turn.ts` will find
 * to be its own, and the others sleep here, where that costs nothing, until there is an answer. Whatever is not plain is left to the program.
 */
import { existsSync, mkdirSync, readlinkSync, symlinkSync, unlinkSync } from "node:fs";
import path from "node:path";
import { formatHolder } from "../files/holder-text.ts";
import { hostOnLinux, numberSpaceOnLinux, startOnLinux } from "../linux-process.ts";
import type { Doorstep } from "../world.ts";

/** Nobody is done sooner. */
const FIRST_NAP_MS = 100;
/** To wake costs as much as half a millisecond of work, and fifty may wait. */
const NAP_MS = 60;
/** Whoever has waited for long waits for a person. */
const CALM_AFTER_MS = 5_000;
const CALM_NAP_MS = 250;
/** Who waits longer may wait for a person, and is told so by the program, unless they want to hear nothing. */
const MOST_MS = 2_000;
const MOST_MS_IN_SILENCE = 60_000;
const JUDGE_EVERY_MS = 500;

/**
 * Waits for whoever has the turn, on Linux; elsewhere it costs too much to learn whether that one lives.
 *
 * @param file what the turn is for
 * @param find what is kept by now
 */
export function waitForTurn<T>(
  file: string,
  find: () => T | undefined,
  { pid, platform, silent }: Pick<NodeJS.Process, "pid" | "platform"> & { readonly silent: boolean },
): Doorstep & { readonly found?: T | undefined } {
  if (platform !== "linux") return {};
  const lock = `${file}.lock`;
  if (readHolder(lock) === undefined && take(lock, pid)) {
    const found = find();
    if (found === undefined) return { taken: [file] };
    unlinkSync(lock);
    return { found };
  }
  const holder = readHolder(lock);
  if (holder === undefined) return { found: find() };
  const mostMs = silent ? MOST_MS_IN_SILENCE : MOST_MS;
  let judgeAtMs = 0;
  for (let waitedMs = 0; waitedMs < mostMs && readHolder(lock) === holder; ) {
    if (waitedMs >= judgeAtMs) {
      if (!isAlive(holder)) return {};
      judgeAtMs = waitedMs + JUDGE_EVERY_MS;
    }
    const napMs = waitedMs === 0 ? FIRST_NAP_MS : waitedMs < CALM_AFTER_MS ? NAP_MS : CALM_NAP_MS;
    sleep(napMs);
    waitedMs += napMs;
    const found = existsSync(file) ? find() : undefined;
    if (found !== undefined) return { found };
  }
  return { found: find(), waitedFor: { file, holder } };
}

function take(lock: string, pid: number): boolean {
  const self = describe(pid);
  if (self === undefined) return false;
  try {
    mkdirSync(path.dirname(lock), { recursive: true, mode: 0o700 });
    symlinkSync(self, lock);
    return true;
  } catch {
    return false;
  }
}

function readHolder(lock: string): string | undefined {
  try {
    return readlinkSync(lock);
  } catch {
    return undefined;
  }
}

/** Whoever has that number now is the holder, if they are described as the holder is. */
const isAlive = (holder: string): boolean => describe(Number.parseInt(holder, 10)) === holder;

/** A process of this machine as a holder is written down; undefined where there is none. */
function describe(pid: number): string | undefined {
  const [start = "", hostName] = [startOnLinux(pid), hostOnLinux()];
  return start === "" || hostName === "" ? undefined : formatHolder({ pid, start, hostName, namespace: numberSpaceOnLinux() });
}
const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Nobody wakes it. */
function sleep(ms: number): void {
  Atomics.wait(nothing, 0, 0, ms);
}
