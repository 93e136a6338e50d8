import { spawn } from "node:child_process";
import { existsSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeSelf } from "../../src/files/holder.ts";
import { takeLock } from "../../src/files/lock.ts";
import { waitForTurn } from "../../src/warm/turn.ts";
import { useFolder } from "../support/folder.ts";
import { startIdler } from "../support/idler.ts";
import { createWorld } from "../support/world.ts";

const here = { pid: process.pid, platform: process.platform, silent: false };
const nothing = () => undefined;
const nameOf = (pid: number) => describeSelf({ pid, hostName: os.hostname(), platform: process.platform });

describe.runIf(process.platform === "linux")("where nothing is kept", () => {
  test("the first takes the turn, in a folder that is made for it", async () => {
    const folder = useFolder();
    const file = path.join(folder.path, "cache/entry.json");
    expect(waitForTurn(file, nothing, here)).toEqual({ taken: [file] });
    expect([readlinkSync(`${file}.lock`), folder.mode("cache")]).toEqual([await nameOf(process.pid), "700"]);
  });

  test("the program finds the turn to be its own, once, and gives it back", async () => {
    const file = path.join(useFolder().path, "entry.json");
    const { taken } = waitForTurn(file, nothing, here);
    const world = { ...createWorld(), hostName: os.hostname(), taken: new Set(taken) };
    const held = await takeLock(file, world, { ms: 0 });
    expect(held?.holder).toBe(await nameOf(process.pid));
    await expect(takeLock(file, world, { ms: 0 })).rejects.toMatchObject({ code: "FILE_LOCKED" });
    await held?.release();
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  test("what somebody kept in the instant before is the answer, and nobody keeps the turn", () => {
    const file = path.join(useFolder().path, "entry.json");
    expect(waitForTurn(file, () => "kept", here).found).toBe("kept");
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  test("another waits for what the first keeps, and for no longer", async () => {
    const folder = useFolder();
    const file = path.join(folder.path, "entry.json");
    symlinkSync(await nameOf(startIdler().pid), `${file}.lock`);
    const find = () => (existsSync(file) ? "kept" : undefined);
    spawnAfter(0.2, `touch ${file}; rm ${file}.lock`);
    expect(waitForTurn(file, find, here)).toMatchObject({ found: "kept" });
  });

  test("whose turn ended without anything is told to the program", async () => {
    const folder = useFolder();
    const file = path.join(folder.path, "entry.json");
    const holder = await nameOf(startIdler().pid);
    symlinkSync(holder, `${file}.lock`);
    spawnAfter(0.2, `rm ${file}.lock`);
    expect(waitForTurn(file, nothing, here)).toMatchObject({ found: undefined, waitedFor: { file, holder } });
  });

  test("a turn that takes long is waited for by the program", async () => {
    const file = path.join(useFolder().path, "entry.json");
    const holder = await nameOf(startIdler().pid);
    symlinkSync(holder, `${file}.lock`);
    expect(waitForTurn(file, nothing, here)).toMatchObject({ found: undefined, waitedFor: { file, holder } });
  });

  test("and without it, where nothing is to be told", async () => {
    const folder = useFolder();
    const file = path.join(folder.path, "entry.json");
    symlinkSync(await nameOf(startIdler().pid), `${file}.lock`);
    spawnAfter(2.5, `touch ${file}`);
    expect(waitForTurn(file, () => "kept", { ...here, silent: true })).toEqual({ found: "kept" });
  });

  test("that the first is killed is seen at once", async () => {
    const file = path.join(useFolder().path, "entry.json");
    const idler = startIdler();
    symlinkSync(await nameOf(idler.pid), `${file}.lock`);
    spawnAfter(0.3, `kill -9 ${idler.pid}`);
    const startedAt = performance.now();
    expect(waitForTurn(file, nothing, here)).toEqual({});
    expect(performance.now() - startedAt).toBeLessThan(1900);
    expect(readdirSync(path.dirname(file))).toEqual(["entry.json.lock"]);
  });

  test.each([
    ["has ended", async (pid: number) => (await nameOf(pid)).replace(/^\d+/u, "999999999")],
    ["had a number that is another's now", async (pid: number) => (await nameOf(pid)).replace(/,\d+,/u, ",1,")],
    ["is on another machine", async (pid: number) => (await nameOf(pid)).replace(`,${os.hostname()},`, ",elsewhere,")],
    ["cannot be read", () => Promise.resolve("%")],
  ])("nobody waits for one who %s", async (_, name) => {
    const file = path.join(useFolder().path, "entry.json");
    symlinkSync(await name(startIdler().pid), `${file}.lock`);
    expect(waitForTurn(file, () => "never looked for", here)).toEqual({});
  });

  test.each([
    ["a file stands for the link", { "cache/entry.json.lock": "" }],
    ["the folder is none", { cache: "" }],
  ])("where %s, all is left to the program", (_, files) => {
    expect(waitForTurn(path.join(useFolder(files).path, "cache/entry.json"), nothing, here)).toEqual({});
  });
});

test("elsewhere all is left to the program", () => {
  const folder = useFolder();
  expect(waitForTurn(path.join(folder.path, "entry.json"), nothing, { ...here, platform: "darwin" })).toEqual({});
  expect(readdirSync(folder.path)).toEqual([]);
});

/** By another process, for this one is asleep meanwhile. */
function spawnAfter(seconds: number, line: string): void {
  const child = spawn("sh", ["-c", `sleep ${seconds}; ${line}`], { stdio: "ignore" });
  onTestFinished(() => void child.kill());
  if (child.pid === undefined) throw new Error("there is no sh here");
}
