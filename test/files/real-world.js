import os from "node:os";
import { setTimeout } from "node:timers/promises";

/** This process as src/files sees it; asleep as long as it says. */
export const world = {
  pid: process.pid,
  hostName: os.hostname(),
  platform: process.platform,
  terminal: { input: "/dev/tty", output: "/dev/tty" },
  taken: new Set(),
  signal: new AbortController().signal,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  writeDiagnosis: (text) => process.stderr.write(text),
};
