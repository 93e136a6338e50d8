// TypeScript's own builder, in process: what did not change is not compiled again.
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root, workspaces } from "../workspaces.js";

const built = [{ source: path.join(root, "src"), output: path.join(root, "dist") }].concat(
  workspaces.map(({ dir }) => ({ source: path.join(dir, "src"), output: path.join(dir, "dist") })),
);

const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };

/**
 * @param options what overrides tsconfig.json, for coverage
 * @returns whether all projects are free of errors; they are written to stderr
 */
export function compile(options = {}) {
  for (const project of built) removeStale(project);
  const report = (diagnostic) => process.stderr.write(ts.formatDiagnosticsWithColorAndContext([diagnostic], formatHost));
  const builderHost = ts.createSolutionBuilderHost(ts.sys, undefined, report, () => {});
  const projects = [path.join(root, "src"), ...workspaces.map(({ dir }) => dir)].filter((dir) =>
    existsSync(path.join(dir, "tsconfig.json")),
  );
  return ts.createSolutionBuilder(builderHost, projects, options).build() === ts.ExitStatus.Success;
}

/** A renamed or deleted source must not live on in dist, where imports and tarballs would find it; nor the maps that coverage made. */
function removeStale({ source, output }) {
  if (!existsSync(output)) return;
  for (const file of readdirSync(output, { recursive: true })) {
    if (file.startsWith(`program${path.sep}`) || file.endsWith(".cjs")) continue;
    const emitted = /^(.+?)(\.d\.ts|\.js)$/.exec(file);
    const stale = file.endsWith(".map") || (emitted !== null && !existsSync(path.join(source, `${emitted[1]}.ts`)));
    if (stale) rmSync(path.join(output, file));
  }
}
