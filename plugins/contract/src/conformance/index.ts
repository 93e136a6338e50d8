/** The checks that every plugin must pass, as plain lists for any test runner: `for (const { title, run } of shellChecks(shell)) test(title, run);` */
export type { Check } from "./check.ts";
export { type FactorExample, factorChecks } from "./factor-checks.ts";
export { type FormatExample, formatChecks } from "./format-checks.ts";
export { type KeychainExample, keychainChecks } from "./keychain-checks.ts";
export { packageChecks } from "./package-checks.ts";
export { type PluginExamples, pluginChecks } from "./plugin-checks.ts";
export { type ShellExample, shellChecks } from "./shell-checks.ts";
