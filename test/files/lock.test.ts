import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readlinkSync, symlinkSync, unlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeSelf } from "../../src/files/holder.ts";
import { pidOf } from "../../src/files/holder-text.ts";
import { type LockWorld, takeLock, withLock } from "../../src/files/lock.ts";
import { useFolder } from "../support/folder.ts";
import { startIdler } from "../support/idler.ts";
import { createWorld } from "../support/world.ts";

const HOLD = fileURLToPath(new URL("hold.js", import.meta.url));
const unix = process.platform !== "win32";
const platforms = process.platform === "linux" && existsSync("/bin/ps") ? ["linux", "darwin"] : [process.platform];

const nothing = () => Promise.resolve("done");

function worldOf(given: Partial<LockWorld & { readonly patienceMs: number }> = {}) {
  return { ...createWorld(), ...given };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a lock is there while something is done, and names its holder; after that nothing is left", async () => {
  const folder = useFolder();
  const file = `${folder.path}/a/config`;
  const seen = await withLock(file, worldOf(), () => Promise.resolve(readlinkSync(`${file}.lock`)));
  expect(seen).toMatch(new RegExp(`^${process.pid},[^,]+,here,[^,]*$`));
  expect([readdirSync(`${folder.path}/a`), folder.mode("a")]).toEqual([[], "700"]);
});

test("what fails inside gives the lock back", async () => {
  const folder = useFolder();
  const failing = withLock(`${folder.path}/config`, worldOf(), () => Promise.reject(new Error("inside")));
  await expect(failing).rejects.toThrow("inside");
  expect(readdirSync(folder.path)).toEqual([]);
});

test("who waits goes on as soon as the holder is done", async () => {
  const file = `${useFolder().path}/config`;
  const order: string[] = [];
  const sleep = (ms: number) => setTimeout(ms);
  const one = withLock(file, worldOf({ sleep }), async () => {
    await setTimeout(80);
    order.push("one");
  });
  await setTimeout(20);
  const startedAt = performance.now();
  await withLock(file, worldOf({ sleep }), async () => void order.push("two"));
  await one;
  expect(order).toEqual(["one", "two"]);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test.each(platforms)("a living holder is waited for, half a minute, and then named (%s)", async (platform) => {
  const file = `${useFolder().path}/config`;
  const idler = startIdler();
  symlinkSync(await describeSelf(worldOf({ pid: idler.pid, platform })), `${file}.lock`);
  const world = createWorld({ platform });
  // ps takes its time.
  const waiting = withLock(file, { ...world, patienceMs: platform === "linux" ? 30_000 : 200 }, nothing);
  await expect(waiting).rejects.toMatchObject({ code: "FILE_LOCKED", message: `${file}.lock is held by process ${idler.pid} of here` });
  expect(world.slept).toEqual([...Array(platform === "linux" ? 100 : 4).fill(50), ...Array(platform === "linux" ? 100 : 0).fill(250)]);
});

test.each(platforms)("the lock of a killed holder is taken over without waiting (%s)", async (platform) => {
  const folder = useFolder();
  const file = `${folder.path}/config`;
  const idler = startIdler();
  symlinkSync(await describeSelf(worldOf({ pid: idler.pid, platform })), `${file}.lock`);
  await kill(idler);
  const world = createWorld({ platform });
  expect(await withLock(file, world, nothing)).toBe("done");
  expect([world.slept, readdirSync(folder.path)]).toEqual([[], []]);
});

test.each(platforms)("a number that another process has got since fools nobody (%s)", async (platform) => {
  const file = `${useFolder().path}/config`;
  const idler = startIdler();
  const [pid, , ...place] = (await describeSelf(worldOf({ pid: idler.pid, platform }))).split(",");
  symlinkSync([pid, "1", ...place].join(","), `${file}.lock`);
  expect(await withLock(file, createWorld({ platform }), nothing)).toBe("done");
});

test.runIf(process.platform === "linux")("a holder that was killed and that nobody has buried is dead", async () => {
  const file = `${useFolder().path}/config`;
  const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  symlinkSync(await describeSelf(worldOf({ pid })), `${file}.lock`);
  process.kill(pid, "SIGKILL");
  expect(await withLock(file, worldOf({ sleep: (ms) => setTimeout(ms), patienceMs: 2000 }), nothing)).toBe("done");
});

test.each([
  ["of another machine", (self: string) => self.replace(",here,", ",there,").replace(/^\d+/u, "999999999"), "process 999999999 of there"],
  ["of another container", (self: string) => `${self.replace(/^\d+/u, "999999999")}1`, "process 999999999 of here"],
  ["of somebody who could not tell", (self: string) => self.replace(/^\d+,[^,]*/u, "999999999,"), "process 999999999 of here"],
  ["that is not readable", () => "%", "another process"],
])("a lock %s cannot be judged and is only waited for", async (_title, change, named) => {
  const file = `${useFolder().path}/config`;
  symlinkSync(change(await describeSelf(worldOf())), `${file}.lock`);
  await expect(withLock(file, worldOf(), nothing)).rejects.toThrow(`${file}.lock is held by ${named}`);
});

test("on Windows a lock is not judged", async () => {
  const file = `${useFolder().path}/config`;
  symlinkSync(await describeSelf(worldOf({ pid: 999_999_999, platform: "win32" })), `${file}.lock`);
  await expect(withLock(file, worldOf({ platform: "win32" }), nothing)).rejects.toMatchObject({ code: "FILE_LOCKED" });
});

test("a file stands for a link where none can be made, and is no less a lock", async () => {
  const folder = useFolder({ "config.lock": "" });
  await expect(withLock(`${folder.path}/config`, worldOf(), nothing)).rejects.toMatchObject({ code: "FILE_LOCKED" });
  const self = await describeSelf(worldOf());
  folder.write("config.lock", self.replace(/^\d+,[^,]*/u, "999999999,1"));
  expect(await withLock(`${folder.path}/config`, worldOf(), nothing)).toBe("done");
  expect(readdirSync(folder.path)).toEqual([]);
});

test("Ctrl-C ends the waiting", async () => {
  const file = `${useFolder().path}/config`;
  symlinkSync("%", `${file}.lock`);
  const world = createWorld();
  world.cancel();
  await expect(withLock(file, world, nothing)).rejects.toMatchObject({ code: "CANCELLED" });
});

describe("who takes a lock on terms", () => {
  const idle = async (file: string, change: (self: string) => string = (self) => self): Promise<void> => {
    const { pid } = startIdler();
    symlinkSync(change(await describeSelf(worldOf({ pid }))), `${file}.lock`);
  };

  test("is told who holds it and for how long it has waited, and ends the waiting when it wants", async () => {
    const file = `${useFolder().path}/config`;
    await idle(file);
    const [world, waits] = [createWorld(), [] as number[]];
    const goOn = (holder: string, waitedMs: number) => {
      waits.push(waitedMs);
      return pidOf(holder) !== process.pid && waitedMs < 150;
    };
    expect(await takeLock(file, world, { ms: 1000, goOn })).toBe(undefined);
    expect([waits, world.slept]).toEqual([
      [0, 50, 100, 150],
      [50, 50, 50],
    ]);
  });

  test("takes the place of a holder of which nobody can tell whether it lives, after the time for it, and is not disturbed when that ends", async () => {
    const file = `${useFolder().path}/config`;
    await idle(file, (self) => self.replace(",here,", ",there,"));
    const world = createWorld();
    const held = await takeLock(file, world, { ms: 60_000, unknownMs: 2000 });
    expect([held?.holder, world.slept.length]).toEqual([readlinkSync(`${file}.lock`), 40]);
    await held?.release();
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });

  test("does not take the place of a holder that lives", async () => {
    const file = `${useFolder().path}/config`;
    await idle(file);
    await expect(takeLock(file, createWorld(), { ms: 6000, unknownMs: 2000 })).rejects.toMatchObject({ code: "FILE_LOCKED" });
  });
});

test("a lock that somebody else has got meanwhile is not taken from them", async () => {
  const file = `${useFolder().path}/config`;
  await withLock(file, worldOf(), async () => {
    unlinkSync(`${file}.lock`);
    symlinkSync("theirs", `${file}.lock`);
  });
  expect(readlinkSync(`${file}.lock`)).toBe("theirs");
});

test("where no lock can be made, that is said", async () => {
  const folder = useFolder({ file: "" });
  await expect(withLock(`${folder.path}/file/config`, worldOf(), nothing)).rejects.toMatchObject({
    code: "FILE_UNWRITABLE",
    message: expect.stringMatching(/^the file .*\/file\/config\.lock cannot be written: (?:EEXIST|ENOTDIR)$/u),
  });
});

test("who dies on the way to a dead one's place leaves it to the next", async () => {
  const folder = useFolder();
  const file = `${folder.path}/config`;
  const self = await describeSelf(worldOf());
  const [dead, heir] = ["999999998,1", "999999999,1"].map((one) => self.replace(/^\d+,[^,]*/u, one));
  symlinkSync(dead ?? "", `${file}.lock`);
  symlinkSync(heir ?? "", `${file}.lock.${dead}`);
  expect(await withLock(file, worldOf(), () => Promise.resolve(readdirSync(folder.path)))).toEqual(["config.lock"]);
  expect(lstatSync(folder.path).isDirectory() && readdirSync(folder.path)).toEqual([]);
});

test.runIf(platforms.includes("darwin"))(
  "who learns late that a holder is dead does not take the lock of whoever knew before",
  async () => {
    const file = `${useFolder().path}/config`;
    const dead = (await describeSelf(worldOf())).replace(/^\d+,[^,]*/u, "999999999,1");
    let inside = 0;
    const alone = async () => {
      inside += 1;
      await setTimeout(60);
      const seen = inside;
      inside -= 1;
      return seen;
    };
    // ps takes its time: the second reads the name of the dead one while the first asks after it.
    for (const lateMs of [2, 4, 8, 12]) {
      symlinkSync(dead, `${file}.lock`);
      const world = worldOf({ platform: "darwin", sleep: (ms) => setTimeout(ms) });
      const late = setTimeout(lateMs).then(() => withLock(file, world, alone));
      expect(await Promise.all([withLock(file, world, alone), late])).toEqual([1, 1]);
    }
  },
);

test.runIf(unix)("of many that take it again and again, and of whom some are killed inside, never two are inside", async () => {
  const folder = useFolder({ log: "" });
  const holders = Array.from({ length: 8 }, (_, index) => {
    const args = [HOLD, `${folder.path}/config`, `${folder.path}/log`, "25", String(index < 4 ? 0 : index * 3)];
    return spawn(process.execPath, ["--no-warnings", ...args], { stdio: ["ignore", "ignore", "inherit"] });
  });
  await Promise.all(holders.map((holder) => once(holder, "exit")));
  const events = folder.read("log").trim().split("\n");
  const outside = events.filter((event, at) => {
    const [what, who] = event.split(" ");
    const [before, whoBefore] = events[at - 1]?.split(" ") ?? [];
    return what === "comes" ? before === "comes" : who !== whoBefore;
  });
  expect(outside).toEqual([]);
  expect(events.filter((event) => event.startsWith("dies"))).toHaveLength(4);
  expect(events.filter((event) => event.startsWith("goes"))).toHaveLength(4 * 25 + 11 + 14 + 17 + 20);
  expect(await withLock(`${folder.path}/config`, worldOf({ hostName: os.hostname() }), nothing)).toBe("done");
  expect(readdirSync(folder.path)).toEqual(["log"]);
});

test.runIf(unix)("nobody waits for ever at a pipe in its place", async () => {
  const file = `${useFolder().path}/config`;
  execFileSync("mkfifo", [`${file}.lock`]);
  await expect(withLock(file, worldOf(), nothing)).rejects.toMatchObject({ code: "FILE_LOCKED" });
});
