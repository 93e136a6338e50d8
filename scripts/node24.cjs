// Runs a command on the Node 24 that the repository brings. Plain JavaScript of Node 20, for it is started by whatever Node the machine has.
// npm below 11.6 does not link that Node into node_modules/.bin, so it is found by path. AOP_NODE names another one to use instead (CI: 22 and 26).
"use strict";
const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const modules = path.join(__dirname, "..", "node_modules");
const executable = process.platform === "win32" ? "bin/node.exe" : "bin/node";
const candidates = [`node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
const brought = candidates.map((name) => path.join(modules, name, executable)).find(existsSync);
const node = process.env.AOP_NODE || brought || process.execPath;
if (node === process.execPath && !process.env.AOP_NODE) {
  process.stderr.write(`node24: no Node 24 package for ${process.platform}-${process.arch}; going on with ${process.version}\n`);
}

const [command, ...args] = process.argv.slice(2);
const env = { ...process.env, PATH: [path.dirname(node), path.join(modules, ".bin"), process.env.PATH].join(path.delimiter) };
const child = command === "node" ? spawn(node, args, { stdio: "inherit", env }) : spawn(command, args, { stdio: "inherit", env, shell: process.platform === "win32" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`node24: ${error.message}\n`);
  process.exitCode = 1;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
