import { execFileSync } from "node:child_process";
import path from "node:path";
import { type Running, readLinuxProcess } from "./linux-process.ts";
import type { World } from "./world.ts";

type Outside = Pick<World, "platform" | "childEnv">;

/** Deeper than any tree of shells and tools; a table that was read while it changed may hold a circle. */
const MOST = 64;

/**
 * The names of the programs that called a process, the nearest first: `["bash", "deploy.sh", "fish"]` below a script of bash. Empty where
 * they cannot be seen.
 */
export function listAncestors(pid: number, { platform, childEnv }: Outside): readonly string[] {
  const find = platform === "linux" ? readLinuxProcess : tableOf(platform, childEnv);
  const names: string[] = [];
  for (let next = find(pid)?.parent; next !== undefined && names.length < MOST; ) {
    const running = find(next);
    names.push(...new Set(running?.names));
    next = running?.parent;
  }
  return names;
}

/** Everything that runs, asked for once; of a program of the system's own, by its path, which sees no secret of ours. */
function tableOf(platform: string, env: Outside["childEnv"]): (pid: number) => Running | undefined {
  const folder = path.win32.join(env["SystemRoot"] ?? "C:\\Windows", "System32", "WindowsPowerShell", "v1.0");
  const [command, ...args] =
    platform === "win32"
      ? [path.win32.join(folder, "powershell.exe"), "-NoProfile", "-Command", LIST_PROCESSES]
      : ["/bin/ps", "-A", "-o", "pid=,ppid=,comm="];
  const processes = parseTable(run(command, args, env));
  return (pid) => processes.get(pid);
}

const LIST_PROCESSES = "Get-CimInstance Win32_Process | ForEach-Object { '{0} {1} {2}' -f $_.ProcessId, $_.ParentProcessId, $_.Name }";

/** Lines of `PID PARENT NAME`; a login shell has a dash before its name, Windows has an ending behind it, macOS has the whole path. */
export function parseTable(text: string): ReadonlyMap<number, Running> {
  const lines = text.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*\S)\s*$/gm);
  return new Map(Array.from(lines, ([, pid, parent, command = ""]) => [Number(pid), { parent: Number(parent), names: [nameOf(command)] }]));
}

function nameOf(command: string): string {
  return path.posix.basename(command).replace(/^-|\.exe$/gi, "");
}

function run(command: string, args: readonly string[], env: Outside["childEnv"]): string {
  try {
    return execFileSync(command, args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
      maxBuffer: 64 << 20,
    });
  } catch {
    return "";
  }
}
