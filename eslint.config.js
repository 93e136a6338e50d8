// Only what needs types, and the sizes of style-guide: format and syntax are Biome's.
import tseslint from "typescript-eslint";

const sizes = {
  "max-lines": ["error", { max: 250 }],
  "max-lines-per-function": ["error", { max: 40, IIFEs: true }],
  "max-params": "off",
  "@typescript-eslint/max-params": ["error", { max: 3 }],
};

const noSizes = { "max-lines": "off", "max-lines-per-function": "off", "@typescript-eslint/max-params": "off" };

const typeAware = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/method-signature-style": ["error", "property"],
  "@typescript-eslint/no-base-to-string": "error",
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  "@typescript-eslint/no-deprecated": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
  "@typescript-eslint/no-unnecessary-type-arguments": "error",
  "@typescript-eslint/no-unnecessary-type-assertion": "error",
  "@typescript-eslint/no-unsafe-argument": "error",
  "@typescript-eslint/no-unsafe-assignment": "error",
  "@typescript-eslint/no-unsafe-call": "error",
  "@typescript-eslint/no-unsafe-member-access": "error",
  "@typescript-eslint/no-unsafe-return": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/prefer-promise-reject-errors": "error",
  "@typescript-eslint/prefer-readonly": "error",
  "@typescript-eslint/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
  "@typescript-eslint/restrict-plus-operands": "error",
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: false }],
  "@typescript-eslint/return-await": ["error", "in-try-catch"],
  "@typescript-eslint/strict-boolean-expressions": ["error", { allowString: false, allowNumber: false, allowNullableObject: false }],
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true },
  ],
  "@typescript-eslint/use-unknown-in-catch-callback-variable": "error",
};

const world = "comes from the World that main.ts builds";

/** Slow to load as a whole: a part of each does. */
const whole = [
  { name: "@oclif/core", message: "loads everything oclif has; import one of its subpaths" },
  { name: "cheerio", message: "takes four times as long to load as cheerio/slim" },
];

const slowImports = { "no-restricted-imports": ["error", { paths: whole }] };

const worldOnly = (names) => names.map((name) => ({ name, message: `${name} ${world}` }));

/** The process, the clock, the network and chance enter through the World. */
const onlyThroughTheWorld = {
  "no-restricted-globals": ["error", ...worldOnly(["process", "fetch", "setTimeout", "setInterval", "performance", "crypto"])],
  "no-restricted-imports": [
    "error",
    { paths: [...whole, ...worldOnly(["node:process", "node:timers", "node:timers/promises", "node:perf_hooks", "node:os"])] },
  ],
  "no-restricted-properties": [
    "error",
    { object: "Date", property: "now", message: `the clock ${world}` },
    { object: "Math", property: "random", message: `chance ${world}` },
    { object: "globalThis", property: "process", message: `process ${world}` },
    { object: "globalThis", property: "fetch", message: `fetch ${world}` },
  ],
  "no-restricted-syntax": ["error", { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: `the clock ${world}` }],
};

const forProductOnly = [
  "no-confusing-void-expression",
  "no-unsafe-argument",
  "no-unsafe-assignment",
  "no-unsafe-call",
  "no-unsafe-member-access",
  "no-unsafe-return",
  "restrict-template-expressions",
];

const typed = { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } };

export default [
  { ignores: ["**/dist/**", "**/node_modules/**", "tmp/**", "coverage/**"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["src/**/*.ts", "plugins/*/src/**/*.ts", "test/**/*.ts"],
    languageOptions: typed,
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { ...sizes, ...slowImports, ...typeAware },
  },
  {
    files: ["src/**/*.ts", "plugins/*/src/**/*.ts"],
    ignores: ["src/main.ts", "src/warm/**", "plugins/sandbox/**", "plugins/contract/src/conformance/**"],
    rules: onlyThroughTheWorld,
  },
  {
    // A factor that asks another server than Okta waits by itself: the host's clock is for the answers to Okta.
    files: ["plugins/factor-duo/src/attempt.ts"],
    rules: slowImports,
  },
  {
    // expect.any, expect.objectContaining and JSON.parse are `any`, and a wrong guess about one fails the test.
    files: ["test/**/*.ts"],
    rules: { ...noSizes, ...Object.fromEntries(forProductOnly.map((rule) => [`@typescript-eslint/${rule}`, "off"])) },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: sizes,
  },
];
