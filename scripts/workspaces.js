// The workspaces, read from the folders that package.json's `workspaces` names (`plugins/*`).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.join(import.meta.dirname, "..");

export const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

export const host = { dir: root, json: readJson(path.join(root, "package.json")) };

export const workspaces = readdirSync(path.join(root, "plugins"))
  .sort()
  .map((name) => path.join(root, "plugins", name))
  .filter((dir) => existsSync(path.join(dir, "package.json")))
  .map((dir) => ({ dir, json: readJson(path.join(dir, "package.json")) }));

/** Those that travel inside the host's tarball. */
export const bundled = workspaces.filter(({ json }) => host.json.bundleDependencies?.includes(json.name));
