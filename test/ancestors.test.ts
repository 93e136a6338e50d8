import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { listAncestors, parseTable } from "../src/ancestors.ts";
import { useFolder } from "./support/folder.ts";

const on = (platform: string) => ({ platform, childEnv: {} });

/** A process below two shells, so that neither takes the place of the other. */
async function below<T>(look: (pid: number) => T): Promise<T> {
  const child = spawn("bash", ["-c", 'bash -c "sleep 60 & echo \\$!; wait"; true'], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  try {
    for await (const piece of child.stdout) return look(Number(String(piece)));
    throw new Error("no process was started");
  } finally {
    process.kill(-(child.pid ?? 0), "SIGKILL");
  }
}

test.skipIf(process.platform !== "linux")("the programs above a process are told by name, the nearest first", async () => {
  expect((await below((pid) => listAncestors(pid, on("linux")))).slice(0, 3)).toEqual(["bash", "bash", expect.stringMatching(/node|Main/)]);
});

test.skipIf(process.platform !== "linux")("a script is called by what runs it, and then by its own name", async () => {
  const folder = useFolder({ "deploy.sh": "#!/bin/sh\nsleep 60 & echo $!; wait" });
  chmodSync(`${folder.path}/deploy.sh`, 0o755);
  const script = spawn(`${folder.path}/deploy.sh`, { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const [said] = (await once(script.stdout, "data")) as [Buffer];
  const seen = listAncestors(Number(String(said)), on("linux"));
  process.kill(-(script.pid ?? 0), "SIGKILL");
  expect(seen.slice(0, 2)).toEqual(["sh", "deploy.sh"]);
});

test.skipIf(spawnSync("/bin/ps", ["-o", "pid="]).status !== 0)("where there is no /proc, ps tells the same", async () => {
  const [proc, ps] = await below((pid) => [listAncestors(pid, on("linux")), listAncestors(pid, on("darwin"))]);
  expect(ps.slice(0, 2)).toEqual(proc.slice(0, 2));
});

test("a process that is gone has none, and neither has one of a platform that cannot be asked", () => {
  expect([
    listAncestors(2 ** 22 + 1, on("linux")),
    listAncestors(2 ** 22 + 1, on("darwin")),
    listAncestors(process.pid, on("win32")),
  ]).toEqual([[], [], []]);
});

test.each([
  ["a path, as macOS has it", "  12     1 /bin/zsh\n", { parent: 1, names: ["zsh"] }],
  ["a login shell", "12 1 -fish\n", { parent: 1, names: ["fish"] }],
  ["a path with spaces", "12 1 /Applications/My Shell/bin/nu\n", { parent: 1, names: ["nu"] }],
  ["an ending of Windows", "12 1 pwsh.exe\r\n", { parent: 1, names: ["pwsh"] }],
  ["an ending in capitals", "12 1 CMD.EXE\r\n", { parent: 1, names: ["CMD"] }],
])("a line of a table may have %s", (_, text, running) => {
  expect(Array.from(parseTable(text))).toEqual([[12, running]]);
});

test("what is no line of a table is passed over", () => {
  expect(parseTable("PID PPID COMM\n12 x bash\n\n12 1\n").size).toBe(0);
});
