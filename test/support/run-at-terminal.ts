import { setTimeout } from "node:timers/promises";
import { CancelledError } from "../../src/errors.ts";
import { openTerminal } from "../../src/terminal/terminal.ts";
import { createWorld } from "./world.ts";

/** Runs a line of the shell as the program does that has just shown what it waits for: `node run-at-terminal.ts LINE`. */
const [, , command = ""] = process.argv;
const cancel = new AbortController();
process.once("SIGINT", () => cancel.abort());
const world = createWorld({
  childEnv: process.env,
  signal: cancel.signal,
  terminal: { input: "/dev/tty", output: "/dev/tty" },
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => Promise.reject(new CancelledError())),
});
const terminal = openTerminal(world, false);
terminal.progress("waiting for something");
try {
  process.stdout.write(`${JSON.stringify(await terminal.run({ command, args: [], shell: true }))}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify(String(error))}\n`);
}
terminal.tell("done");
terminal.close();
