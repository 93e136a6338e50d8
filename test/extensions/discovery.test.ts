import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { describe, expect, test } from "vitest";
import type { AllowList } from "../../src/extensions/allow-list.ts";
import { discoverPackages } from "../../src/extensions/discovery.ts";
import { useFolder } from "../support/folder.ts";

/** As much of oclif's configuration as is looked at. */
function configOf(plugins: readonly Readonly<Record<string, unknown>>[] = [], dependencies?: Readonly<Record<string, string>>): Config {
  return { pjson: { dependencies }, plugins: new Map(plugins.map((plugin) => [plugin["name"], plugin])) } as unknown as Config;
}

const plugin = (name: string, type: string, awsOktaProcessor?: unknown) => ({
  name,
  type,
  version: "1.2.3",
  root: `/${name}`,
  pjson: { awsOktaProcessor },
});

const block = { contract: 1 };
const packageJson = (name: string, more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ name, version: "2.0.0", awsOktaProcessor: block, ...more });

/** What is found beside a program without plugins of its own, in oclif's data folder with these files and this list. */
function found(plugins: unknown, files: Readonly<Record<string, string>> = {}, allowed?: AllowList) {
  const folder = useFolder({ ...files, "package.json": JSON.stringify({ oclif: { plugins } }) });
  return discoverPackages({ bundled: configOf([], { ours: "1" }), folder: folder.path, allowed }).map((one) => ({
    ...one,
    root: path.relative(folder.path, one.root),
    problem: one.problem?.replaceAll(folder.path, "…"),
  }));
}

const installed = (name: string) => ({ [`node_modules/${name}/package.json`]: packageJson(name) });
const user = (name: string) => ({ name, type: "user", tag: "latest" });

test("each plugin with a block that came with the program is a package", () => {
  const own = "@aws-okta-processor/format-json";
  const plugins = [plugin(own, "core", block), plugin("help", "core"), plugin("d", "dev", null)];
  expect(discoverPackages({ bundled: configOf(plugins, { [own]: "^1.0.0" }), folder: undefined, allowed: undefined })).toEqual([
    { name: own, version: "1.2.3", root: `/${own}`, source: "bundled", own: true, block },
    { name: "d", version: "1.2.3", root: "/d", source: "bundled", own: false, block: null },
  ]);
});

test("what oclif itself loaded of the person's is not taken from it", () => {
  const config = configOf([plugin("b", "user", block), plugin("c", "link", block)]);
  expect(discoverPackages({ bundled: config, folder: undefined, allowed: undefined })).toEqual([]);
});

describe("what the person installed", () => {
  test("is found by oclif's list, and what is linked by its folder", () => {
    const linked = useFolder({ "package.json": packageJson("mine") });
    const plugins = [user("acme"), { name: "mine", type: "link", root: linked.path }, "@x/plain"];
    expect(found(plugins, { ...installed("acme"), ...installed("@x/plain") })).toMatchObject([
      { name: "acme", version: "2.0.0", root: "node_modules/acme", source: "installed", own: false, block, problem: undefined },
      { name: "mine", version: "2.0.0", source: "linked", own: false, block, problem: undefined },
      { name: "@x/plain", root: "node_modules/@x/plain", source: "installed" },
    ]);
  });

  test("stays our own where it stands in for one of ours", () => {
    expect(found([user("ours")], installed("ours"))).toMatchObject([{ own: true, source: "installed" }]);
  });

  test("has the name of its own package.json, whatever it was installed as", () => {
    expect(found([user("alias")], { "node_modules/alias/package.json": packageJson("evil") })).toMatchObject([{ name: "evil" }]);
  });

  test.each([
    ["is not there", {}],
    ["has no package.json", { "node_modules/acme/index.js": "" }],
    ["has half a package.json", { "node_modules/acme/package.json": '{"name":"ac' }],
  ])("and that %s is a package with a problem", (_, files: Readonly<Record<string, string>>) => {
    expect(found([user("acme")], files)).toMatchObject([
      { name: "acme", version: "", block: undefined, problem: "has no package.json that can be read in …/node_modules/acme" },
    ]);
  });

  test.each([
    ["no list", undefined],
    ["a list that is none", "acme"],
    ["numbers", [1, null, []]],
    ["no name", [{ type: "user" }]],
    ["names that leave the folder", [user("../../evil"), user("a/b/c"), user("@x/../../evil"), user(".."), "/etc"]],
    ["another type", [{ name: "acme", type: "core" }]],
    ["a link to nowhere", [{ name: "acme", type: "link" }]],
  ])("is nothing for %s", (_, plugins) => {
    expect(found(plugins)).toEqual([]);
  });

  test("and is not on the list of allowed packages is found with that problem", () => {
    const allowed = { patterns: ["@x/*"], from: "AWS_OKTA_PLUGINS_ALLOW" };
    const files = { ...installed("acme"), ...installed("ours"), ...installed("@x/plain") };
    expect(found([user("acme"), user("ours"), user("@x/plain")], files, allowed).map(({ name, problem }) => [name, problem])).toEqual([
      ["acme", "is not allowed (AWS_OKTA_PLUGINS_ALLOW)"],
      ["ours", "is not allowed (AWS_OKTA_PLUGINS_ALLOW)"],
      ["@x/plain", undefined],
    ]);
  });
});
