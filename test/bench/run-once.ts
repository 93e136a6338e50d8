import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface Measurable {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** What a process took. */
export interface Took {
  readonly ms: number;
  /** Of all its threads and children, in user and in system mode. */
  readonly cpuMs: number;
  /** Unix time in milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

/**
 * bash takes the times: it is small, so that starting a process from it costs little, and knows what the process and its children used.
 * The one of macOS has no clock of its own; then the process's start is not known, only how long it took.
 */
const TIMED = `TIMEFORMAT='%3R %3U %3S'
from=$EPOCHREALTIME
{ time "$@" 2>&4 3>&- 4>&-; code=$?; } 4>&2 2>&3
echo "$from $EPOCHREALTIME" >&3
exit $code`;

/** @throws Error when it does not end with 0 */
export async function runOnce({ command, env, cwd }: Measurable): Promise<Took> {
  const startedAt = Date.now();
  const child = spawn("bash", ["-c", TIMED, "bash", ...command], {
    env: { ...env, LC_ALL: "C" },
    cwd,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [, output, ...others] = child.stdio as unknown as readonly Readable[];
  const [errors, times] = others.map((stream) => text(stream));
  let bytes = 0;
  output?.on("data", (piece: Buffer) => {
    bytes += piece.length;
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}: ${await errors}`);
  return { ...readTimes((await times) ?? "", startedAt), bytes };
}

function readTimes(lines: string, startedAt: number): Omit<Took, "bytes"> {
  const [real = 0, user = 0, system = 0, from = startedAt / 1000, to] = lines.split(/\s+/).filter(Boolean).map(Number);
  const cpuMs = (user + system) * 1000;
  if (to === undefined) return { ms: real * 1000, cpuMs, from: startedAt, to: startedAt + real * 1000 };
  return { ms: (to - from) * 1000, cpuMs, from: from * 1000, to: to * 1000 };
}

const REPORT = path.join(import.meta.dirname, "report-memory.cjs");

/** @returns the most memory that it held, in MiB; undefined where it is no program of Node's */
export async function runForMemory({ command, env, cwd }: Measurable): Promise<number | undefined> {
  const file = path.join(cwd, "memory");
  rmSync(file, { force: true });
  await runOnce({ command, cwd, env: { ...env, AOP_MEMORY: file, NODE_OPTIONS: `--require=${REPORT}` } });
  try {
    return Math.max(...readFileSync(file, "utf8").trim().split("\n").map(Number)) / 1024;
  } catch {
    return undefined;
  }
}
