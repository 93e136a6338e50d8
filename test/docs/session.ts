import { spawn } from "node:child_process";
import { editingOf, type Machine, toHere, toPage } from "./machine.ts";
import type { Block } from "./markdown.ts";

/** A command of a page, and what the page says it prints. */
export interface Example {
  readonly place: string;
  readonly command: string;
  readonly expected: readonly string[];
}

/** What it printed, standard output and standard error as they came. */
export interface Played extends Example {
  readonly printed: readonly string[];
  readonly exitCode: number;
}

/** The commands of a `console` block: a line that starts with `$ `, those that a `\` continues it with, and the output below. */
export function examplesOf({ place, lines }: Block): readonly Example[] {
  const examples: { place: string; command: string; expected: string[] }[] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = examples.at(-1);
    const isCommand: boolean = !isOpen && line.startsWith("$ ");
    if (isCommand) examples.push({ place, command: line.slice(2), expected: [] });
    else if (last === undefined) throw new Error(`${place} starts with output of no command`);
    else if (isOpen) last.command += `\n${line}`;
    else last.expected.push(line);
    isOpen = (isOpen || isCommand) && line.endsWith("\\");
  }
  return examples;
}

/** Plays commands one after another in one shell without a terminal, and writes the files that stand between them. */
export async function play(parts: readonly (Example | Block)[], machine: Machine): Promise<readonly Played[]> {
  const examples = parts.filter((part) => "command" in part);
  const steps = parts.map((part) => ("command" in part ? step(toHere(part.command, machine)) : editingOf(part, machine)));
  const script = ["exec 2>&1", "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT", ...steps].join("\n");
  const output = toPage((await run(["bash", "-c", script], machine)).output, machine);
  const pieces = [...output.matchAll(/([^\u001e]*)\u001e(\d+)\n/g)];
  return examples.map((example, index) => {
    const [, text = output, exitCode = "-1"] = pieces[index] ?? [];
    return { ...example, printed: linesOf(text), exitCode: Number(exitCode) };
  });
}

/** Whether it printed what the page says: `…` stands for anything in a line, alone on a line for any lines. */
export function matches(expected: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return printed.length === 0;
  if (first === "…") return [...printed.keys(), printed.length].some((index) => matches(rest, printed.slice(index)));
  const [line, ...others] = printed;
  return line !== undefined && matchesLine(first, line) && matches(rest, others);
}

/** Runs a command without a terminal and with nothing to read. */
export function run(
  [command = "", ...args]: readonly string[],
  { env, folder }: Pick<Machine, "env" | "folder">,
): Promise<{ readonly output: string; readonly exitCode: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"], timeout: 110_000 });
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ output: Buffer.concat(pieces).toString("utf8"), exitCode }));
  });
}

/** The exit code goes behind what a command prints, and `$?` stays what it was. A sandbox runs beside the commands that follow it. */
function step(command: string): string {
  const beside = `${command} >sandbox.log & until grep -qs 'Ctrl-C stops' sandbox.log; do sleep 0.05; kill -0 $! || break; done; cat sandbox.log`;
  return `${/^aws-okta-processor sandbox\b/.test(command) ? beside : command}\n__code=$?; printf '\\036%d\\n' $__code; (exit $__code)`;
}

/** What is waited for is shown at a terminal while it lasts; only without one does it stay. */
const FLEETING = /^waiting for /;

function linesOf(text: string): readonly string[] {
  const lines = text.split("\n").filter((line) => !FLEETING.test(line));
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function matchesLine(expected: string, line: string): boolean {
  const pattern = expected.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "u").test(line);
}
