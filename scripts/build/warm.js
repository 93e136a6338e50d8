// dist/run.cjs: the cached answer in one CommonJS file of node builtins and our own modules, and in dist/warm a file for each bundled shell
// and format that is not the default.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../workspaces.js";
import { bundledModules, warmModules } from "./bundled-modules.js";
import { standIns, unsaid } from "./stand-ins.js";

const entry = path.join(root, "bin/entry.mjs");
const output = path.join(root, "dist/run.cjs");

/** Required where nothing is kept. */
const turn = { file: path.join(root, "src/warm/turn.ts"), output: "turn.cjs" };

/** Required then, if nobody else comes by the answer. */
const PROGRAM = "./program/program.cjs";

const options = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  packages: "external",
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: "none",
  logLevel: "warning",
};

/**
 * Writes dist/run.cjs where it changed.
 *
 * @param overrides of esbuild's options, for coverage
 * @returns whether it could be bundled; esbuild has said why not
 */
export async function bundleWarm(overrides = {}) {
  const isShort = overrides.sourcemap === undefined;
  const given = isShort ? { ...overrides, plugins: [bundledModules(root), standIns] } : overrides;
  const text = await bundle(entry, output, given);
  if (text === undefined) return false;
  write(output, `#!/usr/bin/env node\n${isShort ? unsaid(text) : text}`);
  chmodSync(output, 0o755);
  for (const { file, output: name } of [turn, ...(await warmModules())]) {
    const target = path.join(path.dirname(output), "warm", name);
    const module = await bundle(file, target, given);
    if (module === undefined) return false;
    write(target, module);
  }
  return true;
}

function write(file, text) {
  refuseForeign(text);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function bundle(from, to, overrides) {
  try {
    const { outputFiles } = await build({ ...options, plugins: [bundledModules(root)], entryPoints: [from], outfile: to, ...overrides });
    return outputFiles[0].text;
  } catch (error) {
    if (error.errors === undefined) throw error;
    return undefined;
  }
}

/** Whatever the bundle still asks for must be a builtin: it answers where nothing is installed beside it. */
function refuseForeign(text) {
  const foreign = [...text.matchAll(/\brequire\("([^"]+)"\)/g)]
    .map((match) => match[1])
    .filter((id) => id !== PROGRAM && !/^(?:node:|\.\/warm\/)/.test(id));
  if (foreign.length > 0) throw new Error(`src/warm reaches ${[...new Set(foreign)].join(", ")}; it may use node builtins only`);
}
