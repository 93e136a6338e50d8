import { spawn } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { pruneKept } from "../src/cache/prune.ts";
import { writeWhole } from "../src/write-whole.ts";
import { useFolder } from "./support/folder.ts";

const MODULE = new URL("../src/write-whole.ts", import.meta.url).href;
const LENGTH = 300_000;

/** Writes a file again and again, each time of another character, until it is killed. */
const WRITER = `
const { writeWhole } = await import(${JSON.stringify(MODULE)});
for (let round = 0; ; round++) {
  await writeWhole({ file: process.argv[1], text: String(round % 10).repeat(${LENGTH}) });
  if (round === 0) console.log("begun");
}`;

const isWhole = (text: string) => text.length === LENGTH && text === text.charAt(0).repeat(LENGTH);

test("writers that are killed at any moment, two at a time: the file is whole for every reader, and what they leave is pruned", async () => {
  const home = useFolder();
  const folder = path.join(home.path, ".aws-okta-processor/cache/credentials");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${"a".repeat(40)}.json`);
  const torn: number[] = [];
  let reads = 0;
  const killOne = async (delayMs: number) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", WRITER, file], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const over = new Promise((resolve) => child.once("close", resolve));
    for (const end = performance.now() + delayMs; performance.now() < end; await setTimeout(0)) {
      const text = readFileSync(file, "utf8");
      reads++;
      if (!isWhole(text)) torn.push(text.length);
    }
    child.kill("SIGKILL");
    await over;
  };
  for (let round = 0; round < 10; round++) await Promise.all([killOne(Math.random() * 40), killOne(Math.random() * 40)]);
  const left = readdirSync(folder).filter((name) => name !== path.basename(file));
  expect(torn).toEqual([]);
  expect(reads).toBeGreaterThan(20);
  expect(left.filter((name) => !/^a{40}\.json(?:\.\d+)?\.new-aws-okta-processor$/u.test(name))).toEqual([]);
  await writeWhole({ file, text: "last" });
  const yesterday = new Date(Date.now() - 172_800_000);
  for (const name of left) utimesSync(path.join(folder, name), yesterday, yesterday);
  await pruneKept(home.path, new Date(), new AbortController().signal);
  expect([readdirSync(folder), readFileSync(file, "utf8")]).toEqual([[path.basename(file)], "last"]);
}, 60_000);

test("names of unfinished files that are taken are left alone, were they links", async () => {
  const folder = useFolder({ "kept.new-aws-okta-processor": "another's", victim: "untouched" });
  symlinkSync("victim", path.join(folder.path, "kept.2.new-aws-okta-processor"));
  await writeWhole({ file: path.join(folder.path, "kept"), text: "new" });
  expect([folder.read("kept"), folder.read("victim"), folder.read("kept.new-aws-okta-processor"), folder.mode("kept")]).toEqual([
    "new",
    "untouched",
    "another's",
    "600",
  ]);
  expect(lstatSync(path.join(folder.path, "kept.2.new-aws-okta-processor")).isSymbolicLink()).toBe(true);
});

test("a folder full of unfinished files is not filled further", async () => {
  const names = Array.from({ length: 100 }, (_, index) => `kept${index === 0 ? "" : `.${index + 1}`}.new-aws-okta-processor`);
  const folder = useFolder(Object.fromEntries(names.map((name) => [name, ""])));
  await expect(writeWhole({ file: path.join(folder.path, "kept"), text: "new" })).rejects.toMatchObject({ code: "EEXIST" });
  expect(readdirSync(folder.path)).toHaveLength(100);
});
