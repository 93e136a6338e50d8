import { readFileSync } from "node:fs";

export interface Running {
  readonly parent: number;
  readonly name: string;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html the name may hold spaces and parentheses of its own */
export function readLinuxProcess(pid: number): Running | undefined {
  const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(readText(`/proc/${pid}/stat`)) ?? [];
  return name === undefined ? undefined : { name, parent: Number(parent) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
