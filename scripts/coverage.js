// Coverage of the whole suite, the processes that it starts included: V8 counts what each ran, c8 maps it to the sources.
// Afterwards dist is what a build makes of it again.
import { spawnSync } from "node:child_process";
import { compile } from "./build/compile.js";
import { bundleProgram } from "./build/program.js";
import { bundleWarm } from "./build/warm.js";
import { root } from "./workspaces.js";

const report = [
  "--include",
  "src/**",
  "--include",
  "plugins/*/src/**",
  "--exclude-after-remap",
  "--reporter",
  "text",
  "--reporter",
  "html",
];
// Node's own loader strips types and leaves every character in its place; the runner's would move them.
const suite = ["vitest", "run", "--experimental.viteModuleRunner=false", ...process.argv.slice(2)];
// A compile cache keeps functions that ran out of V8's counts.
const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };

try {
  compile({ sourceMap: true });
  await bundleWarm({ sourcemap: "inline" });
  await bundleProgram({ sourcemap: "inline" });
  const { status } = spawnSync("c8", [...report, ...suite], { cwd: root, env, stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  compile();
  await bundleWarm();
  await bundleProgram();
}
