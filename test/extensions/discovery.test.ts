import type { Config } from "@oclif/core/interfaces";
import { expect, test } from "vitest";
import { discoverPackages } from "../../src/extensions/discovery.ts";

/** As much of oclif's configuration as is looked at. */
function configOf(plugins: readonly Readonly<Record<string, unknown>>[], dependencies?: Readonly<Record<string, string>>): Config {
  return { pjson: { dependencies }, plugins: new Map(plugins.map((plugin) => [plugin["name"], plugin])) } as unknown as Config;
}

const plugin = (name: string, type: string, awsOktaProcessor?: unknown) => ({
  name,
  type,
  version: "1.2.3",
  root: `/${name}`,
  pjson: { awsOktaProcessor },
});

test("each plugin with a block is a package, and where it comes from is told", () => {
  const own = "@aws-okta-processor/format-json";
  const block = { contract: 1 };
  const plugins = [
    plugin(own, "core", block),
    plugin("b", "user", block),
    plugin("c", "link", block),
    plugin("help", "core"),
    plugin("d", "dev", null),
  ];
  expect(discoverPackages(configOf(plugins, { [own]: "^1.0.0" }))).toEqual([
    { name: own, version: "1.2.3", root: `/${own}`, source: "bundled", own: true, block },
    { name: "b", version: "1.2.3", root: "/b", source: "installed", own: false, block },
    { name: "c", version: "1.2.3", root: "/c", source: "linked", own: false, block },
    { name: "d", version: "1.2.3", root: "/d", source: "bundled", own: false, block: null },
  ]);
});

test.each(["user", "link"])("one of our own that is a %s's stays our own", (type) => {
  const [found] = discoverPackages(configOf([plugin("ours", type, {})], { ours: "1" }));
  expect([found?.own, found?.source]).toEqual([true, type === "link" ? "linked" : "installed"]);
});
