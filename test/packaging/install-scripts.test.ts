import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Ran } from "../support/process.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { markdownPackage, type Package } from "./strangers.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

/** All that npm and yarn might run of a package that is installed. */
const NAMES = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare", "prepack", "build"];

/** Everybody here wants them to run, in each way that npm and yarn read; who says nothing gets no more than they. */
const INSISTING = {
  NPM_CONFIG_IGNORE_SCRIPTS: "false",
  npm_config_ignore_scripts: "false",
  "npm_config_ignore-scripts": "false",
  YARN_IGNORE_SCRIPTS: "false",
  yarn_ignore_scripts: "false",
};

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
  await workshop.publish(scripted());
  await workshop.publish(markdownPackage({ name: "aop-other", awsOktaProcessor: { contract: 1 } }));
});

afterEach(() => rm(marker(), { force: true }));

afterAll(() => workshop.close());

const sources: readonly (readonly [string, () => string | Promise<string>])[] = [
  ["a registry", () => "aop-markdown"],
  ["a tarball", async () => `file:${await workshop.pack(scripted())}`],
  ["a tarball of a registry", () => `${workshop.registry.url}aop-markdown/-/aop-markdown-1.0.0.tgz`],
  ["a git repository", () => workshop.commit(scripted())],
  ["a folder", async () => `file:${await workshop.write(scripted())}`],
];

test.for(sources)("no script of a package from %s runs as it is installed", async ([, find], { enter }) => {
  const place = await enter();
  const installed = await run(place, `plugins install ${await find()}`);
  expect(installed).toMatchObject({ stderr: expect.stringContaining("installed v1.0.0"), exitCode: 0 });
  expect(await whatRan()).toBe("");
});

test("no script of an update runs as it is fetched", async ({ enter }) => {
  const place = await enter();
  const name = "aop-updated";
  await workshop.publish(markdownPackage({ name }));
  await run(place, `plugins install ${name}`);
  await workshop.publish(scripted({ name, version: "1.1.0" }));
  await run(place, "plugins update");
  expect((await run(place, "plugins")).stdout).toBe(`${name} 1.1.0\n`);
  expect(await whatRan()).toBe("");
});

const locks: Package = { "package-lock.json": JSON.stringify({ lockfileVersion: 3, packages: {} }), "yarn.lock": "" };

test.for(Object.keys(locks))("no script of a folder with a %s, or of what it needs, runs as it is linked", async (lock, { enter }) => {
  const place = await enter();
  const source = await workshop.write({
    ...scripted({ name: "aop-linked", dependencies: { "aop-markdown": "1.0.0" } }),
    [lock]: locks[lock] ?? "",
  });
  expect(await run(place, `plugins link ${source}`)).toMatchObject({ stderr: expect.stringContaining("done\n"), exitCode: 0 });
  expect(existsSync(path.join(source, "node_modules/aop-markdown/package.json"))).toBe(true);
  expect(await whatRan()).toBe("");
});

test("no script runs as somebody adds, removes and resets", async ({ enter }) => {
  const place = await enter();
  for (const line of ["add aop-markdown aop-other", "remove aop-other", "reset --reinstall"]) await run(place, `plugins ${line}`);
  expect((await run(place, "plugins")).stdout).toBe("aop-markdown 1.0.0\n");
  expect(await whatRan()).toBe("");
});

/** npm reads them in a clone, which it would prepare. They win over the person's own settings, variables aside. */
const settings: Package = { git: "git=./trick.cjs", "node-options": "node-options=--require=./trick.cjs" };

test.for(Object.keys(settings))("the .npmrc of a git repository cannot have code run by %s", async (name, { enter }) => {
  const place = await enter();
  const prepared = { scripts: { prepare: "true" } };
  const needed = await workshop.commit({ ...markdownPackage({ name: "aop-needed", ...prepared }), "trick.cjs": trick() });
  const change = { ...prepared, dependencies: { "aop-needed": needed } };
  const source = await workshop.commit({ ...markdownPackage(change), "trick.cjs": trick(), ".npmrc": `${settings[name] ?? ""}\n` });
  await run(place, `plugins install ${source}`);
  expect(await whatRan()).toBe("");
});

test("a program of a package that is installed is not taken for git", async ({ enter }) => {
  const place = await enter();
  await run(
    place,
    `plugins install file:${await workshop.pack({ ...markdownPackage({ bin: { git: "./trick.cjs" } }), "trick.cjs": trick() })}`,
  );
  await run(place, `plugins install ${await workshop.commit(markdownPackage({ name: "aop-committed" }))}`);
  expect(await whatRan()).toBe("");
});

test("the .yarnrc of a folder that is linked cannot put another program in yarn's place", async ({ enter }) => {
  const place = await enter();
  const source = await workshop.write({
    ...markdownPackage(),
    "yarn.lock": "",
    ".yarnrc": 'yarn-path "./trick.cjs"\n',
    "trick.cjs": trick(),
  });
  await run(place, `plugins link ${source}`);
  expect(await whatRan()).toBe("");
});

test("a package whose commands would be loaded as it is installed is refused, and with a manifest it is not loaded", async ({ enter }) => {
  const place = await enter();
  const commands = { ...markdownPackage({ oclif: { commands: "./commands" } }), "commands/trick.js": trick() };
  const refused = await run(place, `plugins install file:${await workshop.write(commands)}`);
  expect(refused).toMatchObject({ stdout: "", exitCode: 2 });
  expect(refused.stderr).toContain("aop-markdown has commands and no oclif.manifest.json, so that its code would run as it is installed\n");
  const manifest = { "oclif.manifest.json": JSON.stringify({ version: "1.0.0", commands: {} }) };
  expect(await run(place, `plugins install file:${await workshop.write({ ...commands, ...manifest })}`)).toMatchObject({
    stdout: "",
    exitCode: 0,
  });
  expect(await whatRan()).toBe("");
});

function scripted(change: Readonly<Record<string, unknown>> = {}): Package {
  const scripts = NAMES.map((name) => [name, `echo ${name} >> '${marker()}'`] as const);
  return markdownPackage({ scripts: Object.fromEntries(scripts), ...change });
}

/** A program, and a module. */
function trick(): string {
  return `#!/usr/bin/env node\nrequire("node:fs").appendFileSync(${JSON.stringify(marker())}, "trick\\n");\n`;
}

async function whatRan(): Promise<string> {
  return existsSync(marker()) ? readFile(marker(), "utf8") : "";
}

function marker(): string {
  return path.join(workshop.folder, "ran");
}

function run(place: Place, line: string): Promise<Ran> {
  return place.run(line, { ...workshop.registry.env, ...INSISTING });
}
