import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { writePrivately } from "./kept.ts";
import { dataFolderOf } from "./linked-plugin.ts";
import type { Place } from "./sandbox-home.ts";

const isThere = (command: string) => spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;

/** Whether a session bus and GNOME's keyring can be started here. */
export const hasSecretService = process.platform === "linux" && isThere("dbus-daemon") && isThere("gnome-keyring-daemon");

export const withSecretService = (title: string): string =>
  `${title}${hasSecretService ? "" : " (dbus-daemon and gnome-keyring-daemon are not installed)"}`;

/**
 * A session bus with a real Secret Service on it, whose keyrings are in that home.
 *
 * @param password that unlocks them; undefined leaves them locked, and nobody is there to unlock them
 * @returns the variables by which it is found
 */
export async function startSecretService(home: string, password: string | undefined): Promise<Readonly<Record<string, string>>> {
  const runtime = path.join(home, "runtime");
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, XDG_RUNTIME_DIR: runtime };
  const bus = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], { env, stdio: ["ignore", "pipe", "ignore"] });
  endLater(bus);
  const [address] = (await once(bus.stdout, "data")) as [Buffer];
  const found = { DBUS_SESSION_BUS_ADDRESS: address.toString().trim(), XDG_RUNTIME_DIR: runtime };
  // It goes on in the background, and ends with its bus.
  const unlock = password === undefined ? ["--start"] : ["--unlock"];
  const keyring = spawn("gnome-keyring-daemon", ["--components=secrets", ...unlock], {
    env: { ...env, ...found },
    stdio: ["pipe", "ignore", "ignore"],
  });
  keyring.stdin.end(password ?? "");
  await once(keyring, "exit");
  return found;
}

function endLater(child: ChildProcess): void {
  onTestFinished(async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill("SIGKILL");
    await ended;
  });
}

/** Our own plugin, linked from the folder in which it is built. */
export async function linkOsKeychain({ home }: Pick<Place, "home">): Promise<void> {
  const root = fileURLToPath(new URL("../../plugins/keychain-os", import.meta.url));
  const plugins = [{ type: "link", name: "@aws-okta-processor/keychain-os", root }];
  await writePrivately(path.join(dataFolderOf(home), "package.json"), JSON.stringify({ oclif: { plugins } }));
}
