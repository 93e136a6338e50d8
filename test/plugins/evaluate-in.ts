import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { RealShell } from "./real-shells.ts";

const run = promisify(execFile);

/**
 * Has a real shell take outputs over, one after another and each by the line that help shows, with a command in it that prints the output.
 *
 * @returns its variables, each with a NUL behind it
 */
export async function evaluateIn(real: RealShell, evaluate: string, outputs: readonly string[]): Promise<string> {
  return inFolderOf(outputs, (folder) => runScript(real, real.script(outputs.map((_, index) => lineFor(evaluate, index))), folder));
}

/** Runs lines as they are. */
export async function runLines(real: RealShell, lines: readonly string[]): Promise<string> {
  return inFolderOf([], (folder) => runScript(real, real.script(lines), folder));
}

/** In a folder that holds the outputs as the host writes them, with the end of their last line. */
async function inFolderOf(outputs: readonly string[], use: (folder: string) => Promise<string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "aop-shell-"));
  try {
    await Promise.all(outputs.map((output, index) => writeFile(path.join(folder, fileOf(index)), `${output}\n`)));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, maxRetries: 5 });
  }
}

function lineFor(evaluate: string, index: number): string {
  return evaluate.replace("…", `cat ${fileOf(index)}`);
}

function fileOf(index: number): string {
  return `output-${index}`;
}

async function runScript({ command: [program = "", ...args] }: RealShell, script: string, folder: string): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, LC_ALL: "C.UTF-8" };
  const { stdout } = await run(program, [...args, script], { cwd: folder, env, maxBuffer: 16 << 20 });
  return stdout;
}
