import { CancelledError } from "../../src/errors.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { createNetwork } from "../../src/http/network.ts";
import type { World } from "../../src/world.ts";

/** A world whose time passes only by what sleeps in it, and that notes what was written to it. */
export interface TestWorld extends World {
  /** The way to the far end: that of the program, where nothing else is given. */
  readonly exchange: Exchange;
  /** Spans in milliseconds, in the order in which they were slept. */
  readonly slept: readonly number[];
  readonly written: { output: string; diagnosis: string };
  /** What Ctrl-C does. */
  readonly cancel: () => void;
}

/** More naps than any test needs: whoever sleeps on is caught in a loop. */
const MOST_NAPS = 1000;

export function createWorld(given: Partial<World & Pick<TestWorld, "exchange">> = {}): TestWorld {
  const cancel = new AbortController();
  const slept: number[] = [];
  const written = { output: "", diagnosis: "" };
  const surroundings = { env: {}, cwd: "/nowhere", home: undefined, platform: "linux" as const };
  return {
    ...surroundings,
    exchange: createNetwork({ ...surroundings, ...given }, undefined).exchange,
    secrets: {},
    childEnv: {},
    terminal: { input: "/nowhere/terminal", output: "/nowhere/terminal" },
    execPath: process.execPath,
    pid: process.pid,
    waitedFor: undefined,
    taken: new Set(),
    hostName: "here",
    now: () => new Date(),
    sleep: async (ms, signal) => {
      if (signal.aborted) throw new CancelledError();
      if (slept.push(ms) > MOST_NAPS) throw new Error("this test sleeps without end");
    },
    doze: (_ms, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new CancelledError()))),
    signal: cancel.signal,
    readInput: () => Promise.reject(new Error("nobody was to read standard input")),
    ancestors: () => [],
    admitStranger: () => undefined,
    outputTerminal: () => undefined,
    writeOutput: (text) => {
      written.output += text;
    },
    writeDiagnosis: (text) => {
      written.diagnosis += text;
    },
    ...given,
    slept,
    written,
    cancel: () => cancel.abort(),
  };
}
