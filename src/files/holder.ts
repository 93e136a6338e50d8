/**
 * Who holds a lock, as a line of plain characters: process, when it was started, machine, and where the process has its number: on Linux which
 * start of which machine, and which namespace. There start and number together are of one process only, however often the number is given
 * again.
 */
import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import type { World } from "../world.ts";
import { systemCode } from "./system-code.ts";

export type HolderWorld = Pick<World, "pid" | "hostName" | "platform">;

interface Holder {
  readonly pid: number;
  /** Empty where this cannot be told. */
  readonly start: string;
  readonly hostName: string;
  readonly namespace: string;
}

export async function describeSelf({ pid, hostName, platform }: HolderWorld): Promise<string> {
  const start = (await startOf(pid, platform)) ?? "";
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const namespace = `${boot.trim()} ${await readlink("/proc/self/ns/pid").catch(() => "")}`.trim();
  return [String(pid), start, hostName, namespace].map(encodeURIComponent).join(",");
}

/** A holder is dead for certain if it is one of this machine, of which no process or another has the number. Of others nobody can tell. */
export async function judge(holder: string, self: string, platform: string): Promise<"alive" | "dead" | "unknown"> {
  const { pid, start, hostName, namespace } = parse(holder) ?? {};
  const me = parse(self);
  const canTell = me !== undefined && me.start !== "" && me.hostName === hostName && me.namespace === namespace;
  if (!canTell || pid === undefined || start === undefined || start === "") return "unknown";
  const running = await startOf(pid, platform);
  if (running === "") return "unknown";
  return running === start ? "alive" : "dead";
}

/** Its number, where it can be read. */
export function pidOf(holder: string): number | undefined {
  return parse(holder)?.pid;
}

/** As it is shown to a person. */
export function nameHolder(holder: string): string {
  const { pid, hostName } = parse(holder) ?? {};
  return pid === undefined || hostName === undefined ? "another process" : `process ${pid} of ${hostName}`;
}

function parse(holder: string): Holder | undefined {
  if (!/^\d{1,10}(?:,[\w.!~*'()%-]*){3}$/u.test(holder)) return undefined;
  try {
    const [pid = "", start = "", hostName = "", namespace = ""] = holder.split(",").map(decodeURIComponent);
    return { pid: Number(pid), start, hostName, namespace };
  } catch {
    return undefined;
  }
}

/** @returns undefined where no such process runs, empty where that cannot be told */
function startOf(pid: number, platform: string): Promise<string | undefined> {
  if (platform === "win32") return Promise.resolve("");
  return platform === "linux" ? readStart(pid) : askStart(pid);
}

/** What waits for its parent to take note of its end is dead. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function readStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /^[ZX]/u.test(fields[0] ?? "") ? undefined : fields[19];
  } catch (error) {
    return ["ENOENT", "ESRCH"].includes(systemCode(error)) ? undefined : "";
  }
}

/** ps ends with 1 where there is no such process. The time is told in one zone and language, whoever asks. */
async function askStart(pid: number): Promise<string | undefined> {
  const env = { LC_ALL: "C", TZ: "UTC" };
  try {
    const { stdout } = await promisify(execFile)("/bin/ps", ["-o", "state=", "-o", "lstart=", "-p", String(pid)], { env });
    const [state = "", ...start] = stdout.trim().split(/\s+/u);
    return state.startsWith("Z") ? undefined : start.join(" ");
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === 1 ? undefined : "";
  }
}
