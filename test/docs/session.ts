import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
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
    if (isOpen && last !== undefined) last.command += `\n${line}`;
    else if (line.startsWith("$ ")) examples.push({ place, command: line.slice(2), expected: [] });
    else if (last === undefined) throw new Error(`${place} starts with output of no command`);
    else last.expected.push(line);
    isOpen = line.endsWith("\\") && (isOpen || line.startsWith("$ "));
  }
  return examples;
}

export interface Machine {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Other texts in place of the page's, and back again in what is printed: `acme.okta.com` is the sandbox here. */
  readonly names: readonly (readonly [page: string, here: string])[];
}

/** Plays commands one after another in one shell without a terminal. */
export async function play(examples: readonly Example[], machine: Machine): Promise<readonly Played[]> {
  const script = examples.map(({ command }) => step(toHere(command, machine))).join("\n");
  const output = toPage(
    await runScript(["bash", "-c"], `exec 2>&1\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n${script}`, machine),
    machine,
  );
  const pieces = [...output.matchAll(/([^\u001e]*)\u001e(\d+)\n/g)];
  return examples.map((example, index) => {
    const [, text = "", exitCode = "-1"] = pieces[index] ?? [];
    return { ...example, printed: linesOf(text), exitCode: Number(exitCode) };
  });
}

/** Whether it printed what the page says: `…` stands for anything in a line, alone on a line for any lines. */
export function matches(expected: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return printed.length === 0;
  if (first === "…") return printed.some((_, index) => matches(rest, printed.slice(index))) || matches(rest, []);
  const [line, ...others] = printed;
  return line !== undefined && matchesLine(first, line) && matches(rest, others);
}

export function writeFileOf(block: Block, machine: Machine): void {
  if (block.file === undefined) return;
  const file = path.join(machine.home, block.file.replace(/^~\//, ""));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${toHere(block.lines.join("\n"), machine)}\n`);
}

export function toHere(text: string, { names }: Machine): string {
  return names.reduce((before, [page, here]) => before.replaceAll(page, here), text);
}

/** A folder with commands under the names that pages call them by, to be put first in PATH. */
export function linkCommands(folder: string, commands: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, target] of Object.entries(commands)) {
    if (path.isAbsolute(target)) symlinkSync(target, path.join(folder, name));
    else writeFileSync(path.join(folder, name), target, { mode: 0o755 });
  }
}

/** Runs a script in a shell without a terminal and with nothing to read; what it prints comes in one piece. */
export function runScript(shell: readonly string[], script: string, { env, home }: Machine): Promise<string> {
  const [command = "", ...args] = shell;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, script], { env, cwd: home, detached: true, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(pieces).toString("utf8")));
  });
}

/** The exit code goes behind what a command prints, and `$?` stays what it was. A sandbox runs beside the commands that follow it. */
function step(command: string): string {
  const started = /^aws-okta-processor sandbox\b/.test(command)
    ? `${command} >sandbox.log & until grep -q 'Ctrl-C stops' sandbox.log; do sleep 0.05; kill -0 $! || break; done; cat sandbox.log`
    : command;
  return `${started}\n__code=$?; printf '\\036%d\\n' $__code; (exit $__code)`;
}

function toPage(text: string, { names }: Machine): string {
  return names.reduceRight((before, [page, here]) => before.replaceAll(here, page), text);
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
