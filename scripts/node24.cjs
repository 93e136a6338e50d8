// Runs a command on the Node 24 that the repository brings. Plain JavaScript of Node 20, for it is started by whatever Node the machine has.
// npm below 11.6 does not link that Node into node_modules/.bin, so it is found by path. AOP_NODE names another one to use instead (CI: 22 and 26).
"use strict";
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const { constants } = require("node:os");
const path = require("node:path");

const modules = path.join(__dirname, "..", "node_modules");
const platform = process.platform === "win32" ? "win" : process.platform;
const executable = process.platform === "win32" ? "bin/node.exe" : "bin/node";

const node = process.env.AOP_NODE || findBrought() || fallBack();
const [command, ...args] = process.argv.slice(2);
const env = { ...process.env, PATH: [path.dirname(node), path.join(modules, ".bin"), process.env.PATH].join(path.delimiter) };
const options = { stdio: "inherit", env, shell: command !== "node" && process.platform === "win32" };
const child = spawn(command === "node" ? node : command, args, options);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`node24: ${error.message}\n`);
  process.exitCode = 1;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});

function findBrought() {
  const packages = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`];
  return packages.map((name) => path.join(modules, name, executable)).find((file) => existsSync(file));
}

function fallBack() {
  process.stderr.write(`node24: no Node 24 package for ${platform}-${process.arch}; going on with ${process.version}\n`);
  return process.execPath;
}
