// dist/program: the full program in one CommonJS file, and each library that only some runs need in one of its own. CommonJS, for a module
// that imports node:fs has every part of it loaded, and one that requires it has not.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { readJson, root } from "../workspaces.js";
import { quickOclif } from "./quick-oclif.js";

const output = path.join(root, "dist/program");

/** Loaded when they are needed; of each only what the program uses. */
const LIBRARIES = {
  "@aws-sdk/client-sts": 'export { AssumeRoleCommand, AssumeRoleWithSAMLCommand, STSClient } from "@aws-sdk/client-sts";',
  "cheerio/slim": 'export { load } from "cheerio/slim"; export { DomHandler } from "domhandler"; export { Parser } from "htmlparser2";',
  enquirer: 'export { default } from "enquirer";',
};

/** Parts of one of them, which has them inside. */
const INSIDE = { domhandler: "cheerio/slim", htmlparser2: "cheerio/slim" };

const fileOf = (library) => `${library.replace(/^@/, "").replaceAll("/", "-")}.cjs`;

const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  mainFields: ["module", "main"],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  // For whoever guesses of a file without line breaks what it is.
  banner: { js: '"use strict";module.exports;' },
  logLevel: "warning",
};

const program = {
  ...common,
  stdin: {
    contents: [
      'export { main } from "./src/main.ts";',
      'export { COMMANDS } from "./src/commands/index.ts";',
      'export { default as HostHelp } from "./src/commands/help.ts";',
    ].join("\n"),
    resolveDir: root,
  },
  outfile: path.join(output, "program.cjs"),
  // oclif's own plugins find their oclif beside them, and its loader looks for a compiler where a linked plugin has one.
  external: ["@oclif/plugin-plugins", "typescript"],
  plugins: [quickOclif, { name: "libraries", setup: leaveLibrariesOut }],
};

/** Each stands in for a library: a part of the program, so that it is required when it is used and not before. */
function leaveLibrariesOut({ onResolve, onLoad }) {
  onResolve({ filter: /./ }, ({ path: id }) => {
    const library = INSIDE[id] ?? id;
    return Object.hasOwn(LIBRARIES, library) ? { path: library, namespace: "library" } : undefined;
  });
  onResolve({ filter: /\.cjs$/, namespace: "library" }, ({ path: id }) => ({ path: id, external: true }));
  onLoad({ filter: /./, namespace: "library" }, ({ path: id }) => {
    const file = JSON.stringify(`./${fileOf(id)}`);
    return { contents: `export * from ${file};\nimport whole from ${file};\nexport default whole;` };
  });
}

const libraries = Object.entries(LIBRARIES).map(([library, contents]) => ({
  ...common,
  stdin: { contents, resolveDir: root },
  outfile: path.join(output, fileOf(library)),
}));

/** What oclif is told of in package.json. */
const DOORS = {
  "commands.cjs": 'exports.COMMANDS = require("./program.cjs").COMMANDS;\n',
  "help.cjs": 'exports.default = require("./program.cjs").HostHelp;\n',
};

/**
 * Writes the files that changed and removes those that are no more.
 *
 * @param overrides of esbuild's options, for coverage
 * @returns whether it could be bundled; esbuild has said why not
 */
export async function bundleProgram(overrides = {}) {
  const built = await Promise.all([program, ...libraries].map((options) => bundle({ ...options, ...overrides })));
  if (built.includes(undefined)) return false;
  const outputFiles = built.flatMap((result) => result.outputFiles);
  const files = {
    ...DOORS,
    ...Object.fromEntries(outputFiles.map(({ path: file, text }) => [path.basename(file), text])),
    "LICENSES.txt": licensesOf(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))),
  };
  mkdirSync(output, { recursive: true });
  for (const name of readdirSync(output)) if (!Object.hasOwn(files, name)) rmSync(path.join(output, name));
  for (const [name, text] of Object.entries(files)) write(path.join(output, name), text);
  return true;
}

async function bundle(options) {
  try {
    return await build(options);
  } catch (error) {
    if (error.errors === undefined) throw error;
    return undefined;
  }
}

function write(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

/** Of every package that a file in the bundles came from. */
function licensesOf(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  return [...folders].sort().map(licenseOf).join("\n");
}

function licenseOf(folder) {
  const { name, version, license } = readJson(path.join(root, folder, "package.json"));
  const file = readdirSync(path.join(root, folder)).find((candidate) => /^(?:licen[cs]e|copying)\b/i.test(candidate));
  const text = file === undefined ? "" : `\n${readFileSync(path.join(root, folder, file), "utf8").trim()}\n`;
  return `${"-".repeat(80)}\n${name} ${version}: ${license}\n${text}`;
}
