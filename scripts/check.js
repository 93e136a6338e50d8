// Every gate that is not a test. Builds first, then runs the gates two at a time; each prints one line, and what it has to say if it fails.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { root, workspaces } from "./workspaces.js";

const script = (name, ...args) => ["node", path.join("scripts", name), ...args];

const gates = [
  ["lint: types", "eslint"],
  ["types: tests", "tsc", "-b", "test"],
  ["lint: syntax and format", "biome", "check", "--error-on-warnings"],
  ["floors", "depcruise", "src", ...workspaces.map(({ dir }) => path.relative(root, path.join(dir, "src")))],
  ["unused code", "knip", "--no-progress"],
  ["manifests", ...script("check/manifests.js")],
  ["lock file", ...script("check/lock-file.js")],
  ["packages", ...script("check/packages.js")],
  ["option table of the README", ...script("option-table.js", "--check")],
  ["picture of a session", ...script("picture.js", "--check")],
].filter(([, command, file]) => command !== "node" || existsSync(path.join(root, file)));

const build = spawnSync("node", ["scripts/build.js", "--no-manifests"], { cwd: root, stdio: "inherit" });
const failed = [...(build.status === 0 ? [] : ["build"]), ...(await runAll(gates))];
if (failed.length > 0) process.exitCode = 1;
process.stdout.write(failed.length === 0 ? `all ${gates.length} gates hold\n` : `failed: ${failed.join(", ")}\n`);

/** @returns the titles of the gates that failed */
async function runAll(waiting) {
  const queue = [...waiting];
  const failures = [];
  const worker = async () => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift()) if (!(await run(gate))) failures.push(gate[0]);
  };
  await Promise.all([worker(), worker()]);
  return failures;
}

async function run([title, command, ...args]) {
  const startedAt = Date.now();
  const { code, output } = await capture(command, args);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok  " : "FAIL"} ${title} (${seconds} s)\n${code === 0 ? "" : output}`);
  return code === 0;
}

function capture(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    const pieces = [];
    child.stdout.on("data", (piece) => pieces.push(piece));
    child.stderr.on("data", (piece) => pieces.push(piece));
    child.on("error", (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.on("close", (code) => resolve({ code, output: Buffer.concat(pieces).toString() }));
  });
}
