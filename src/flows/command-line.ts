import { UsageError } from "../errors.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A command that the person set up, and where. */
interface CommandLine {
  readonly line: string;
  readonly from: string;
}

/**
 * The first line that a command of the person's own writes; a password manager may ask for something at the terminal meanwhile.
 *
 * @throws UsageError `COMMAND_FAILED`, naming where the command was given; CancelledError
 */
export async function firstLineOf({ line, from }: CommandLine, terminal: Terminal): Promise<string> {
  const finished = await terminal.run({ command: line, args: [], shell: true, name: `the command of ${from}` });
  const exitCode = finished?.exitCode ?? 127;
  if (exitCode !== 0)
    throw new UsageError(`the command of ${from} failed with exit code ${exitCode}`, {
      code: "COMMAND_FAILED",
      hint: exitCode === 127 ? "the shell did not find it" : "run it by itself to see why",
    });
  const [first = ""] = (finished?.stdout ?? "").split(/\r?\n/, 1);
  if (first.trim() !== "") return first;
  throw new UsageError(`the command of ${from} wrote nothing in its first line`, {
    code: "COMMAND_FAILED",
    hint: "run it by itself to see what it writes",
  });
}
