// The whole build: TypeScript, the warm path's one file, the program's few, the manifests. `npm ci`, `npm run try` and `npm test` all start with it.
// With --no-manifests the manifests stay as they are, for the gate that compares them.
import { enableCompileCache } from "node:module";
import path from "node:path";
import { root } from "./workspaces.js";

enableCompileCache(path.join(root, "node_modules/.cache/build"));
const { compile } = await import("./build/compile.js");
// What can be built is built, so that a mistake in one place does not stop all work elsewhere; the exit code tells of it.
const clean = compile();
const { bundleWarm } = await import("./build/warm.js");
const { bundleProgram } = await import("./build/program.js");
const [warm, program] = await Promise.all([bundleWarm(), bundleProgram()]);
if (!process.argv.includes("--no-manifests")) {
  const { writeManifests } = await import("./build/manifests.js");
  await writeManifests();
}
if (!clean || !warm || !program) process.exitCode = 1;
