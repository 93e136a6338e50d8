// changesets, with the host among its packages: it looks for them in `workspaces`, where npm does not bear the root itself, so the root is
// named there for as long as changesets runs. After `version` the manifests and the lock file say the new versions too.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./workspaces.js";

const file = path.join(root, "package.json");
const args = process.argv.slice(2);

// Ctrl-C is changesets' to answer; package.json must be mended after it.
process.on("SIGINT", () => {});
nameWorkspaces((workspaces) => [".", ...workspaces]);
try {
  process.exitCode = run("changeset", ...args);
} finally {
  nameWorkspaces((workspaces) => workspaces.filter((name) => name !== "."));
}
if (args[0] === "version" && process.exitCode === 0) {
  process.exitCode = run("npm", "install", "--package-lock-only", "--ignore-scripts") || run("node", "scripts/build.js");
}

function nameWorkspaces(change) {
  const json = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify({ ...json, workspaces: change(json.workspaces) }, undefined, 2)}\n`);
}

function run(command, ...more) {
  return spawnSync(command, more, { cwd: root, stdio: "inherit", shell: process.platform === "win32" }).status ?? 1;
}
