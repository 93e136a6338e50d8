import { readFileSync } from "node:fs";
import { type Check, packageChecks } from "@aws-okta-processor/contract/conformance";
import { describe, test } from "vitest";

/** The conformance suite of one plugin, as tests; `name` says what of the plugin is checked. */
export function runChecks(name: string, checks: readonly Check[]): void {
  describe(name, () => {
    for (const { title, run } of checks) test(title, run, 60_000);
  });
}

export function runPackageChecks(plugin: string): void {
  const packageJson: unknown = JSON.parse(readFileSync(new URL(`../../plugins/${plugin}/package.json`, import.meta.url), "utf8"));
  runChecks("package.json", packageChecks(packageJson));
}
