import { readFileSync, readlinkSync } from "node:fs";
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

/**
 * When a process was started, in ticks since the machine was. What waits for its parent to take note of its end is dead.
 *
 * @returns undefined where no such process runs, empty where that cannot be told
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /^[ZX]/u.test(fields[0] ?? "") ? undefined : fields[19];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "ESRCH" ? undefined : "";
  }
}

/** The name of this machine, as `os.hostname` has it; empty elsewhere. To load that takes longer. */
export function hostOnLinux(): string {
  return readText("/proc/sys/kernel/hostname").trim();
}

/** Within which a number belongs to one process at a time: this start of the machine, and the namespace. Empty elsewhere. */
export function numberSpaceOnLinux(): string {
  return `${readText("/proc/sys/kernel/random/boot_id").trim()} ${readLink("/proc/self/ns/pid")}`.trim();
}

function readLink(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
