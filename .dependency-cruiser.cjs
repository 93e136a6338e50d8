// The floors of the house. Imports go down only, and types count: who knows a type knows its module.
//   front main commands warm > flows > domains options okta aws extensions > doors http cache files terminal > ground src/*.ts
// test/architecture shows every rule here fail.

const ground = "^src/(?!main\\.ts$)[^/]+\\.ts$";

/** The libraries that scripts/build/program.js builds in. */
const built = "^node_modules/(@aws-sdk/client-sts|cheerio|enquirer|ky)/";

const floors = [
  {
    name: "ground-stands-on-nothing",
    comment: "errors, secret, world and their like are what all others stand on",
    from: { path: ground },
    to: { path: "^src/(main\\.ts$|[^/]+/)" },
  },
  {
    name: "doors-are-strangers",
    comment: "http, cache, files and terminal know the ground, not each other and nothing above",
    from: { path: "^src/(http|cache|files|terminal)/" },
    to: { path: "^src/", pathNot: [ground, "^src/$1/"] },
  },
  {
    name: "domains-are-strangers",
    comment: "options, okta, aws and extensions use the ground and http, not each other, no other door and nothing above",
    from: { path: "^src/(options|okta|aws|extensions)/" },
    to: { path: "^src/", pathNot: [ground, "^src/$1/", "^src/http/"] },
  },
  {
    name: "flows-know-no-front",
    comment: "a flow is called by the front, and does not know who calls",
    from: { path: "^src/flows/" },
    to: { path: "^src/(main\\.ts$|commands/|warm/)" },
  },
  {
    name: "main-is-the-top",
    comment: "commands and the warm path are started by main, they do not import it",
    from: { path: "^src/(commands|warm)/" },
    to: { path: "^src/main\\.ts$" },
  },
];

const outside = [
  {
    name: "few-know-oclif",
    comment: "only main and commands know oclif",
    from: { path: "^src/", pathNot: "^src/(main\\.ts$|commands/)" },
    to: { path: "(^|/)@oclif/" },
  },
  {
    name: "warm-reaches-no-package",
    comment: "a cached answer loads node builtins and our own few modules, whatever the path",
    from: { path: "^src/warm/" },
    to: { path: "(^|/)node_modules/", reachable: true },
  },
  {
    name: "warm-reaches-no-work",
    comment: "a cached answer needs the options, the shelf and what shapes the output, not the stations that do the work",
    from: { path: "^src/warm/" },
    to: { path: "^src/(main\\.ts|commands/|flows/stations/|okta/|aws/|http/|terminal/|extensions/)", reachable: true },
  },
  {
    name: "host-knows-no-plugin",
    comment: "what is bundled is read from package.json, never imported",
    from: { path: "^src/" },
    to: { path: "^plugins/(?!contract/)" },
  },
  {
    name: "contract-is-types-only",
    comment: "the contract is not installed with the host or a plugin: import type",
    from: { path: ["^src/", "^plugins/(?!contract/)[^/]+/src/"] },
    to: { path: "^plugins/contract/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "plugins-know-the-contract-only",
    comment: "a plugin imports the contract and its own libraries: not the host, not another plugin",
    from: { path: "^plugins/([^/]+)/" },
    to: { path: ["^(src|dist|bin|scripts|test)/", "^plugins/"], pathNot: ["^plugins/$1/", "^plugins/contract/"] },
  },
  {
    name: "host-knows-no-test",
    comment: "what is shipped does not need what tests it or builds it",
    from: { path: "^src/" },
    to: { path: "^(test|scripts)/" },
  },
];

const hygiene = [
  { name: "no-cycle", from: {}, to: { circular: true } },
  {
    name: "no-orphan",
    comment: "a module that nobody imports and that imports nothing is forgotten",
    from: { orphan: true, pathNot: ["\\.d\\.ts$", "^plugins/contract/src/index\\.ts$"] },
    to: {},
  },
  {
    name: "no-unresolvable",
    from: {},
    to: { couldNotResolve: true, pathNot: "^virtual:" },
  },
  {
    name: "declared-packages-only",
    comment: "a library stands in the package.json of the package that uses it",
    from: {},
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "no-dev-package-in-the-product",
    comment: "what runs at the user's is a dependency, or is built into dist/program: scripts/build/program.js",
    from: { path: "^(src/|plugins/[^/]+/src/)" },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: ["(^|/)@types/", "^plugins/contract/", built] },
  },
];

module.exports = {
  forbidden: [...floors, ...outside, ...hygiene].map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: ["(^|/)node_modules/", "(^|/)dist/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
