import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { dataFolderOf, installPlugins, type LinkedPlugin, linkPlugin } from "../support/linked-plugin.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const FORMAT: LinkedPlugin = {
  name: "acme-format",
  block: { formats: { acme: "./module.cjs" } },
  module: 'exports.format = { roles: () => ["acme\\n"], credentials: () => "acme\\n" };',
};

const INTRODUCTION =
  "acme-format 1.0.0, a plugin that you installed, takes part; it is the code of its authors and runs with your rights\n";

const list = (place: Place, more = "") => place.run(`get-roles --output acme${more}`);

test.concurrent("whose code takes part is told once, in silence too", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installPlugins(place, FORMAT);
  expect(await list(place, " --silent")).toEqual({ stdout: "acme\n", stderr: INTRODUCTION, exitCode: 0 });
  expect(await list(place)).toEqual({ stdout: "acme\n", stderr: "", exitCode: 0 });
  const { mode } = await stat(path.join(place.home, ".aws-okta-processor/cache/plugins.json"));
  expect((mode & 0o777).toString(8)).toBe("600");
});

test.concurrent("another version is other code, and so is a linked folder", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installPlugins(place, FORMAT);
  await list(place);
  const file = path.join(dataFolderOf(place.home), "node_modules/acme-format/package.json");
  const packageJson = { name: "acme-format", version: "1.1.0", awsOktaProcessor: { contract: 1, ...FORMAT.block } };
  await writeFile(file, JSON.stringify(packageJson));
  expect((await list(place)).stderr).toBe(INTRODUCTION.replace("1.0.0", "1.1.0"));
  await linkPlugin(place, FORMAT);
  const root = path.join(place.home, "acme-format");
  expect((await list(place)).stderr).toBe(INTRODUCTION.replace("1.0.0", `in ${root}`).replace("installed", "linked"));
  expect((await list(place)).stderr).toBe("");
});

test.concurrent("what is told shows at the terminal where there is one, and not in what a caller reads", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installPlugins(place, FORMAT);
  const { see, end } = await place.sit("get-roles --output acme");
  await see("takes part");
  expect(await end()).toMatchObject({ stdout: "acme\n", stderr: "", exitCode: 0 });
});

test.concurrent("a record that is torn, or cannot be kept, costs no more than hearing it again", async ({ enter }) => {
  const place = await enter("no-mfa");
  await installPlugins(place, FORMAT);
  await list(place);
  const file = path.join(place.home, ".aws-okta-processor/cache/plugins.json");
  for (const torn of ["", '{"introduced":', '{"introduced":{"a":1}}', "[]"]) {
    await writeFile(file, torn);
    expect(await list(place)).toEqual({ stdout: "acme\n", stderr: INTRODUCTION, exitCode: 0 });
    expect((await list(place)).stderr).toBe("");
  }
});
