import { readFileSync } from "node:fs";
import path from "node:path";

export interface Running {
  readonly parent: number;
  /** What runs, and then what it is called, where these are two: a script of bash is `bash` and `deploy.sh`. */
  readonly names: readonly string[];
}

/**
 * A script has its own name, and as the first argument that of the shell which runs it; a shell that is written in Python is told by the other
 * one, `python3` and `xonsh`.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html the name may hold spaces and parentheses of its own
 */
export function readLinuxProcess(pid: number): Running | undefined {
  const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(readText(`/proc/${pid}/stat`)) ?? [];
  if (name === undefined) return undefined;
  const [argument = ""] = readText(`/proc/${pid}/cmdline`).split("\0", 1);
  return { parent: Number(parent), names: [path.posix.basename(argument).replace(/^-/, ""), name] };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
