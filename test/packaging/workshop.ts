import { execFile } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type Registry, startRegistry } from "../support/registry.ts";
import { npmOf } from "./npm.ts";
import type { Package } from "./strangers.ts";

/** Where packages are made, each in a folder of its own, and a registry to publish them to. */
export interface Workshop {
  readonly folder: string;
  readonly registry: Registry;
  /** npm, asking that registry. @returns its stdout */
  readonly npm: (...args: readonly string[]) => Promise<string>;
  /** @returns the folder */
  readonly write: (files: Package) => Promise<string>;
  /** @returns the tarball */
  readonly pack: (files: Package) => Promise<string>;
  /** @returns the address of a git repository with one commit */
  readonly commit: (files: Package) => Promise<string>;
  readonly publish: (files: Package) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "aop-workshop-")));
  const registry = await startRegistry();
  const npm: Workshop["npm"] = (...args) => npmOf({ HOME: folder, ...registry.env }, ...args);
  const write: Workshop["write"] = async (files) => writePackage(await mkdtemp(path.join(folder, "package-")), files);
  return {
    folder,
    registry,
    npm,
    write,
    pack: async (files) => {
      const source = await write(files);
      const packed = await npm("pack", "--ignore-scripts", source, "--pack-destination", source);
      return path.join(source, packed.trim());
    },
    commit: async (files) => `git+file://${await commitAll(await write(files))}`,
    publish: async (files) => registry.publish(await write(files)),
    close: async () => {
      await registry.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function writePackage(folder: string, files: Package): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content, { mode: content.startsWith("#!") ? 0o755 : 0o644 });
  }
  return folder;
}

async function commitAll(folder: string): Promise<string> {
  const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  const env = { PATH: process.env["PATH"], HOME: folder };
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    [...author, "commit", "--quiet", "--message", "all"],
  ])
    await promisify(execFile)("git", args, { cwd: folder, env });
  return folder;
}
