import { CancelledError } from "../../src/errors.ts";
import { runChild } from "../../src/terminal/run-child.ts";
import type { Terminal } from "../../src/terminal/terminal.ts";
import { quietTerminal } from "./terminal.ts";
import { createWorld } from "./world.ts";

/** A terminal at which nobody is asked anything, and programs run. */
export function programTerminal(): Terminal & { readonly told: readonly string[] } {
  const sleep = (_ms: number, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new CancelledError()));
    });
  const world = createWorld({ childEnv: { PATH: process.env["PATH"] }, sleep });
  return { ...quietTerminal(), run: (program) => runChild(program, world, undefined) };
}
