// oclif.manifest.json of the host and of every oclif plugin among the workspaces, as oclif itself would write it, commands in a stable order.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Plugin } from "@oclif/core/config";
import { host, root, workspaces } from "../workspaces.js";

/** @returns `{ file, text, changed }` for each manifest, sorted by file */
export async function renderManifests() {
  const packages = [host, ...workspaces].filter(({ json }) => json.oclif !== undefined);
  return Promise.all(
    packages.map(async ({ dir, json }) => {
      const file = path.join(dir, "oclif.manifest.json");
      const text = await renderManifest(dir, json);
      return { file: path.relative(root, file), text, changed: !existsSync(file) || readFileSync(file, "utf8") !== text };
    }),
  );
}

export async function writeManifests() {
  for (const { file, text, changed } of await renderManifests()) if (changed) writeFileSync(path.join(root, file), text);
}

async function renderManifest(dir, json) {
  if (!hasCommands(dir, json)) return format({ version: json.version, commands: {} });
  const plugin = new Plugin({ root: dir, type: "core", ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true });
  await plugin.load();
  return format(plugin.manifest);
}

function hasCommands(dir, json) {
  const target = json.oclif.commands?.target;
  return target !== undefined && existsSync(path.join(dir, target));
}

/** Commands by name; the flags of each stay in their own order, which is the order of help. */
function format({ version, commands }) {
  const sorted = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version, commands: sorted }, undefined, 2)}\n`;
}
