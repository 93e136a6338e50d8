/** Whether the holder of a lock lives. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { numberSpaceOnLinux, startOnLinux } from "../linux-process.ts";
import type { World } from "../world.ts";
import { formatHolder, parseHolder } from "./holder-text.ts";

export type HolderWorld = Pick<World, "pid" | "hostName" | "platform">;

export async function describeSelf({ pid, hostName, platform }: HolderWorld): Promise<string> {
  return formatHolder({ pid, start: (await startOf(pid, platform)) ?? "", hostName, namespace: numberSpaceOnLinux() });
}

/** A holder is dead for certain if it is one of this machine, of which no process or another has the number. Of others nobody can tell. */
export async function judge(holder: string, self: string, platform: string): Promise<"alive" | "dead" | "unknown"> {
  const { pid, start, hostName, namespace } = parseHolder(holder) ?? {};
  const me = parseHolder(self);
  const canTell = me !== undefined && me.start !== "" && me.hostName === hostName && me.namespace === namespace;
  if (!canTell || pid === undefined || start === undefined || start === "") return "unknown";
  const running = await startOf(pid, platform);
  if (running === "") return "unknown";
  return running === start ? "alive" : "dead";
}

/** @returns undefined where no such process runs, empty where that cannot be told */
function startOf(pid: number, platform: string): Promise<string | undefined> {
  if (platform === "win32") return Promise.resolve("");
  return platform === "linux" ? Promise.resolve(startOnLinux(pid)) : askStart(pid);
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
