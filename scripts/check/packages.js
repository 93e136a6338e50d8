// publint on every package that is published; attw on those that export types.
import { spawnSync } from "node:child_process";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { host, root, workspaces } from "../workspaces.js";

const published = [host, ...workspaces].filter(({ json }) => json.private !== true);
const complaints = (await Promise.all(published.map(lint))).flat();
const typed = published.filter(({ json }) => Object.values(json.exports ?? {}).some((target) => target.types !== undefined));
for (const { dir, json } of typed) complaints.push(...resolveTypes(dir, json.name));
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
if (complaints.length > 0) process.exitCode = 1;

async function lint({ dir, json }) {
  const { messages } = await publint({ pkgDir: dir, pack: "npm", strict: true, level: "warning" });
  return messages.map((message) => `${json.name}: ${formatMessage(message, json, { color: false })}`);
}

function resolveTypes(dir, name) {
  const result = spawnSync("attw", ["--pack", dir, "--profile", "esm-only", "--no-emoji"], { cwd: root, encoding: "utf8" });
  return result.status === 0 ? [] : [`${name}: ${result.stdout}${result.stderr}`];
}
