import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface RealShell {
  readonly command: string;
  /** Without any startup file, so that nothing of this machine takes part. */
  readonly args: readonly string[];
}

export function isInstalled(command: string): boolean {
  return spawnSync(command, ["-c", "exit 0"], { stdio: "ignore" }).status === 0;
}

/** "fish", or "fish (not installed)": a test that is skipped says why in its name. */
export function nameOf({ command }: RealShell): string {
  return isInstalled(command) ? command : `${command} (not installed)`;
}

/** Runs lines in a shell of its own; answers with the exported variables, each with a NUL behind it. */
export async function evaluateIn({ command, args }: RealShell, script: string): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LC_ALL: "C.UTF-8" };
  const { stdout } = await run(command, [...args, `${script}\nenv -0`], { env, maxBuffer: 16 << 20 });
  return stdout;
}
