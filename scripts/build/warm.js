// dist/warm.cjs: the cached answer in one CommonJS file of node builtins and our own modules.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../workspaces.js";
import { bundledModules } from "./bundled-modules.js";

const entry = path.join(root, "src/warm/warm.ts");
const output = path.join(root, "dist/warm.cjs");

const options = {
  entryPoints: [entry],
  outfile: output,
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: "node",
  target: "node20",
  format: "cjs",
  packages: "external",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  plugins: [bundledModules(root)],
};

/**
 * Writes dist/warm.cjs where it changed.
 *
 * @param overrides of esbuild's options, for coverage
 * @returns whether it could be bundled; esbuild has said why not
 */
export async function bundleWarm(overrides = {}) {
  const text = await bundle(overrides);
  if (text === undefined) return false;
  refuseForeign(text);
  if (existsSync(output) && readFileSync(output, "utf8") === text) return true;
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(output, text);
  return true;
}

async function bundle(overrides) {
  try {
    const { outputFiles } = await build({ ...options, ...overrides });
    return outputFiles[0].text;
  } catch (error) {
    if (error.errors === undefined) throw error;
    return undefined;
  }
}

/** Whatever the bundle still asks for must be a builtin: it answers where nothing is installed beside it. */
function refuseForeign(text) {
  const foreign = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]).filter((id) => !id.startsWith("node:"));
  if (foreign.length > 0) throw new Error(`src/warm reaches ${[...new Set(foreign)].join(", ")}; it may use node builtins only`);
}
