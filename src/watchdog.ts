import { Worker } from "node:worker_threads";
import { isDebugged } from "./at-work.ts";

/**
 * What runs in the other thread: it looks whether this one still comes round, and ends the process where it does not, twice in a row. No
 * signal reaches a thread that is blocked, and nothing else can end it.
 */
const WATCH = `
  const { writeSync } = require("node:fs");
  const { memory, ms } = require("node:worker_threads").workerData;
  const state = new Int32Array(memory, 0, 4);
  for (let seen = -1, missed = 0; ; ) {
    Atomics.wait(state, 2, 0, ms);
    const beat = Atomics.load(state, 0);
    missed = beat === seen && Atomics.load(state, 1) === 0 && Atomics.load(state, 3) === 0 ? missed + 1 : 0;
    seen = beat;
    if (missed < 2) continue;
    const name = Buffer.from(new Uint8Array(memory, 16)).toString("utf8").replace(/\\0.*/s, "");
    writeSync(2, "aws-okta-processor: " + name + " blocked the program, which was ended\\n");
    process.kill(process.pid, "SIGKILL");
  }`;

const NAME_BYTES = 300;
const BEAT_MS = 1000;

export interface Watchdog {
  /** Whose code is let in. */
  readonly name: (packageName: string) => void;
  /** Runs what may rightly block, as writing to somebody who reads slowly. */
  readonly pause: <T>(work: () => T) => T;
}

/** After which a thread that does not come round is looked at a second time, and ended. */
const PATIENCE_MS = 7000;

/** @param repeat does something again and again, and does not keep the program going for it */
export function startWatchdog(repeat: (work: () => void, everyMs: number) => void): Watchdog {
  const memory = new SharedArrayBuffer(16 + NAME_BYTES);
  const state = new Int32Array(memory, 0, 4);
  const beat = () => {
    Atomics.store(state, 3, isDebugged() ? 1 : 0);
    Atomics.add(state, 0, 1);
  };
  beat();
  new Worker(WATCH, { eval: true, workerData: { memory, ms: PATIENCE_MS }, stdin: false }).unref();
  repeat(beat, BEAT_MS);
  return {
    name: (packageName) => {
      const bytes = Buffer.from(packageName).subarray(0, NAME_BYTES);
      const place = new Uint8Array(memory, 16);
      place.fill(0);
      place.set(bytes);
    },
    pause: (work) => {
      Atomics.add(state, 1, 1);
      try {
        return work();
      } finally {
        Atomics.sub(state, 1, 1);
      }
    },
  };
}
