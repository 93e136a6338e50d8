import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { npm, npmOf } from "../packaging/npm.ts";

/** A registry on this machine. What is not ours is asked of the registry that npm is configured with. */
export interface Registry {
  readonly url: string;
  /** Makes npm and the program ask it. Nothing of the person who runs the tests is in it: no settings, an empty cache. */
  readonly env: Readonly<Record<string, string>>;
  /** What `npm publish` takes: a tarball or a folder. */
  readonly publish: (...args: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

const SERVER = fileURLToPath(new URL("serve-registry.ts", import.meta.url));

/** Whoever asks may publish, under these names alone. */
const OURS = ["aws-okta-processor", "@aws-okta-processor/*", "aop-*"];

export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(path.join(tmpdir(), "aop-registry-"));
  const uplink = (await npm("config", "get", "registry")).trim();
  const child = fork(SERVER, [JSON.stringify(configure(folder, uplink))], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = `http://127.0.0.1:${await portOf(child)}/`;
  const userconfig = path.join(folder, "npmrc");
  // npm publishes nothing without a token, this registry looks at none.
  await writeFile(userconfig, `${url.slice("http:".length)}:_authToken=anybody\n`);
  const env = { ...clientOf(url, folder), npm_config_userconfig: userconfig };
  return {
    url,
    env,
    publish: async (...args) => void (await npmOf({ HOME: folder, ...env }, "publish", "--ignore-scripts", ...args)),
    close: async () => {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
      await rm(folder, { recursive: true, maxRetries: 3 });
    },
  };
}

function configure(folder: string, uplink: string) {
  const file = path.join(folder, "config.yaml");
  const everyone = { access: "$all", publish: "$all" };
  return {
    configPath: file,
    self_path: file,
    storage: path.join(folder, "storage"),
    web: { enable: false },
    log: { type: "stdout", level: "fatal" },
    max_body_size: "100mb",
    uplinks: { machine: { url: uplink } },
    packages: { ...Object.fromEntries(OURS.map((name) => [name, everyone])), "**": { access: "$all", proxy: "machine" } },
  };
}

function clientOf(url: string, folder: string) {
  return {
    npm_config_registry: url,
    npm_config_cache: path.join(folder, "cache"),
    npm_config_update_notifier: "false",
    // What is not there is told at once.
    npm_config_fetch_retry_mintimeout: "100",
    npm_config_fetch_retry_maxtimeout: "1000",
    AWS_OKTA_PROCESSOR_NPM_REGISTRY: url,
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`the registry ended with ${String(code)} before it listened`)),
  );
  const [address] = await Promise.race([once(child, "message"), ended]);
  return (address as AddressInfo).port;
}
