// The whole build: TypeScript, the warm path's one file, the manifests. `npm ci`, `npm run try` and `npm test` all start with it.
// With --no-manifests the manifests stay as they are, for the gate that compares them.
import { enableCompileCache } from "node:module";
import path from "node:path";
import { root } from "./workspaces.js";

enableCompileCache(path.join(root, "node_modules/.cache/build"));
const { compile } = await import("./build/compile.js");
// What can be built is built, so that a mistake in one place does not stop all work elsewhere; the exit code tells of it.
const clean = compile();
const { bundleWarm } = await import("./build/warm.js");
const bundled = await bundleWarm();
if (!process.argv.includes("--no-manifests")) {
  const { writeManifests } = await import("./build/manifests.js");
  await writeManifests();
}
if (!clean || !bundled) process.exitCode = 1;
