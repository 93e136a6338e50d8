// The lock file must serve whatever registry the machine has, pin every package by its content, and need no install script.
import path from "node:path";
import { readJson, root } from "../workspaces.js";

/** They work without: esbuild saves itself a process, yarn makes way for itself where it is installed for all. */
const WITH_SCRIPTS = ["node_modules/esbuild", "node_modules/yarn"];

const { packages } = readJson(path.join(root, "package-lock.json"));
const entries = Object.entries(packages);
const complaints = [
  ...entries.filter(([, { resolved }]) => /^[a-z+]+:/.test(resolved ?? "")).map(([name]) => `${name} names the host it came from`),
  ...entries
    .filter(([name, entry]) => isFromRegistry(name, entry) && entry.integrity === undefined)
    .map(([name]) => `${name} has no integrity`),
  ...entries
    .filter(([name, { hasInstallScript }]) => hasInstallScript === true && !WITH_SCRIPTS.includes(name))
    .map(([name]) => `${name} has an install script`),
];
for (const complaint of complaints) process.stderr.write(`package-lock.json: ${complaint}\n`);
if (complaints.length > 0) process.exitCode = 1;

function isFromRegistry(name, { link, inBundle }) {
  return name.includes("node_modules/") && link !== true && inBundle !== true;
}
