import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { dataFolderOf, installPlugins, type LinkedPlugin } from "../support/linked-plugin.ts";
import { test } from "../support/sandbox-home.ts";

const plugin = (name: string, block: LinkedPlugin["block"]): LinkedPlugin => ({ name, block, module: "" });

const INSTALLED = [
  plugin("acme-good", { shells: { rc: "./module.cjs" } }),
  plugin("acme-taken", { shells: { bash: "./module.cjs" } }),
  plugin("acme-one", { formats: { wiki: "./module.cjs" } }),
  plugin("acme-two", { formats: { wiki: "./module.cjs" }, factors: { "token:acme": "./gone.cjs" } }),
  plugin("acme-new", { contract: 2, shells: { es: "./module.cjs" } }),
  plugin("acme-broken", { shells: { ion: "./module.cjs" } }),
  plugin("other", { shells: { osh: "./module.cjs" } }),
];

/** The lines about what did not come with the program, with one space for many. */
const others = (stdout: string) =>
  stdout
    .split("\n")
    .filter((line) => !line.includes("@aws-okta-processor/"))
    .map((line) => line.replaceAll(/ +/g, " "));

test.concurrent("extensions lists whose each name is, and why any is not used", async ({ enter }) => {
  const place = await enter();
  await installPlugins(place, ...INSTALLED);
  const broken = path.join(dataFolderOf(place.home), "node_modules/acme-broken");
  await rm(path.join(broken, "package.json"));
  const { stdout, stderr, exitCode } = await place.run("extensions", { AWS_OKTA_PLUGINS_ALLOW: "acme-*" });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(others(stdout)).toEqual([
    "factors",
    " token:acme acme-two 1.0.0 contract 1 installed, not used: has no file ./gone.cjs",
    "",
    "formats",
    " wiki acme-one 1.0.0 contract 1 installed, not used: is offered by acme-two too",
    " wiki acme-two 1.0.0 contract 1 installed, not used: is offered by acme-one too",
    "",
    "shells",
    " es acme-new 1.0.0 contract 2 installed, not used: is written for contract 2, and this program speaks 1",
    " osh other 1.0.0 contract 1 installed, not used: is not allowed (AWS_OKTA_PLUGINS_ALLOW)",
    " rc acme-good 1.0.0 contract 1 installed",
    "",
    "others",
    ` acme-broken not used: has no package.json that can be read in ${broken}`,
    "",
  ]);
  expect(stdout).toMatch(/ push:okta +@aws-okta-processor\/factor-push \d+\.\d+\.\d+ +contract 1 +bundled\n/);
  expect(stdout).toMatch(
    / bash +acme-taken 1\.0\.0 +contract 1 +installed, not used: is taken by the bundled @aws-okta-processor\/shell-posix /,
  );
});

test.concurrent("--json says the same to a script", async ({ enter }) => {
  const place = await enter();
  await installPlugins(place, ...INSTALLED.slice(0, 2));
  const { stdout, exitCode } = await place.run("extensions --json");
  const listed = JSON.parse(stdout) as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  expect(exitCode).toBe(0);
  expect(Object.keys(listed)).toEqual(["factors", "formats", "shells", "keychains", "others"]);
  const common = { version: "1.0.0", contract: 1, source: "installed" };
  expect(listed["shells"]?.filter((one) => String(one["package"]).startsWith("acme"))).toEqual([
    { name: "bash", package: "acme-taken", ...common, refused: expect.stringContaining("is taken by the bundled") },
    { name: "rc", package: "acme-good", ...common, refused: null },
  ]);
});

test.concurrent("names that a terminal would obey are shown and not obeyed", async ({ enter }) => {
  const place = await enter();
  await installPlugins(place, plugin("acme", { shells: { "rc\u001b[2J\nbash": "./module.cjs" } }));
  const { stdout } = await place.run("extensions");
  expect(stdout).not.toContain("\u001b");
});

test.concurrent("a package.json of any depth stops nothing", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installPlugins(place, plugin("acme", { contract: "DEEP", shells: { rc: "./module.cjs" } }));
  const file = path.join(dataFolderOf(place.home), "node_modules/acme/package.json");
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  await writeFile(file, (await readFile(file, "utf8")).replace('"DEEP"', deep));
  expect(await place.run("extensions")).toMatchObject({
    stdout: expect.stringContaining("is written for contract of no number"),
    exitCode: 0,
  });
  expect(await place.run("get-roles --silent --output text")).toMatchObject({ exitCode: 0 });
});
