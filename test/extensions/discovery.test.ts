import path from "node:path";
import { describe, expect, test } from "vitest";
import type { AllowList } from "../../src/extensions/allow-list.ts";
import { discoverPackages } from "../../src/extensions/discovery.ts";
import { useFolder } from "../support/folder.ts";

const block = { contract: 1 };
const packageJson = (name: string, more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({ name, version: "2.0.0", awsOktaProcessor: block, ...more });

/** What is found beside a program that brings one package, in oclif's data folder with these files and this list. */
function found(plugins: unknown, files: Readonly<Record<string, string>> = {}, allowed?: AllowList) {
  const program = useFolder({ "node_modules/ours/package.json": packageJson("ours") });
  const folder = useFolder({ ...files, "package.json": JSON.stringify({ oclif: { plugins } }) });
  const pjson = { bundleDependencies: ["ours"] };
  const packages = discoverPackages({ program: { root: program.path, pjson }, folder: folder.path, allowed });
  return packages
    .filter(({ source }) => source !== "bundled")
    .map((one) => ({ ...one, root: path.relative(folder.path, one.root), problem: one.problem?.replaceAll(folder.path, "…") }));
}

const installed = (name: string) => ({ [`node_modules/${name}/package.json`]: packageJson(name) });
const user = (name: string) => ({ name, type: "user", tag: "latest" });

test("each package that came with the program and has a block is found, without a home too", () => {
  const program = useFolder({
    "node_modules/@x/one/package.json": packageJson("@x/one"),
    "node_modules/two/package.json": JSON.stringify({ name: "two", version: "1.0.0" }),
    "node_modules/three/package.json": packageJson("three"),
  });
  const pjson = { bundleDependencies: ["@x/one", "two"] };
  expect(discoverPackages({ program: { root: program.path, pjson }, folder: undefined, allowed: undefined })).toEqual([
    { name: "@x/one", version: "2.0.0", root: path.join(program.path, "node_modules/@x/one"), source: "bundled", own: true, block },
  ]);
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

  test("and calls itself otherwise than it was installed as is a package with a problem", () => {
    const files = { "node_modules/alias/package.json": packageJson("evil") };
    expect(found([user("alias")], files)).toMatchObject([{ name: "alias", problem: "calls itself otherwise" }]);
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
