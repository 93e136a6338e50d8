// Unused files, exports and dependencies. What a package offers stands in its package.json, so that is where the entries come from.
import { host, workspaces } from "./scripts/workspaces.js";

const kinds = ["factors", "formats", "shells", "keychains"];

/** `./dist/push.js` -> `src/push.ts` */
const sourceOf = (file) => file.replace(/^\.\/dist\//, "src/").replace(/\.js$/, ".ts");

const modulesOf = ({ json }) => kinds.flatMap((kind) => Object.values(json.awsOktaProcessor?.[kind] ?? {})).map(sourceOf);

const bundledPlugins = host.json.bundleDependencies.filter((name) => !name.endsWith("/sandbox"));

/** By oclif and by our own registry, which read package.json; the test runtime is a Node, not a module. */
const foundByName = [...bundledPlugins, "@oclif/plugin-help", "aws-okta-processor-test-runtime"];

/** By the scripts, through scripts/node24.cjs. */
const startedByName = ["@biomejs/biome", "dependency-cruiser"];

const plugins = workspaces.map((workspace) => [
  `plugins/${workspace.dir.replace(/^.*[\\/]/, "")}`,
  { entry: [...new Set(modulesOf(workspace))], project: ["src/**/*.ts"] },
]);

export default {
  workspaces: {
    ".": {
      oclif: false,
      entry: [
        "src/commands/index.ts",
        "src/commands/help.ts",
        "src/main.ts",
        "src/warm/warm.ts",
        "src/warm/turn.ts",
        "bin/*",
        "scripts/*.{js,cjs}",
        "scripts/check/*.js",
        "test/**/*.test.ts",
        "test/bench/*.ts",
        "test/fuzz/fuzz.ts",
        "test/faults/matrix.ts",
        "test/plugins/readers/read.ts",
      ],
      project: ["src/**/*.ts", "scripts/**/*.{js,cjs}", "test/**/*.ts", "bin/*"],
    },
    "test/runtime": { entry: [] },
    ...Object.fromEntries(plugins),
  },
  // Of dist, where it stands beside what bin/entry.mjs is built into.
  ignoreUnresolved: ["./program/program.cjs", "./warm/turn.cjs"],
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Programs of libfido2, of which the tests have a stand-in; of the system; and of a Linux desktop, which are tried where they are.
  ignoreBinaries: ["fido2-assert", "fido2-token", "mkfifo", "unshare", "dbus-daemon", "gnome-keyring-daemon"],
  ignoreDependencies: [...foundByName, ...startedByName],
};
