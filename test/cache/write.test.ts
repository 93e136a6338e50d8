import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeKept } from "../../src/cache/write.ts";
import { useFolder } from "../support/folder.ts";

const platform = "linux";

test("a secret is written for its owner alone, in folders for the owner alone", async () => {
  const folder = useFolder();
  const told = await writeKept({ file: `${folder.path}/a/b/kept.json`, content: "secret", platform });
  expect([told, folder.read("a/b/kept.json"), folder.mode("a/b/kept.json"), folder.mode("a/b"), folder.mode("a")]).toEqual([
    { closed: [], open: [] },
    "secret",
    "600",
    "700",
    "700",
  ]);
});

test("what was open to others is closed, and told", async () => {
  const folder = useFolder();
  const file = folder.write("a/kept.json", "old", 0o644);
  chmodSync(`${folder.path}/a`, 0o755);
  const told = await writeKept({ file, content: "new", platform });
  expect([told, folder.read("a/kept.json"), folder.mode("a/kept.json"), folder.mode("a")]).toEqual([
    {
      closed: [
        `${folder.path}/a was open to other users (mode 755) and is not any more`,
        `${file} was open to other users (mode 644) and is not any more`,
      ],
      open: [],
    },
    "new",
    "600",
    "700",
  ]);
});

test("on Windows modes mean nothing, and nothing is told", async () => {
  const folder = useFolder();
  const file = folder.write("a/kept.json", "old", 0o644);
  expect([await writeKept({ file, content: "new", platform: "win32" }), folder.read("a/kept.json")]).toEqual([
    { closed: [], open: [] },
    "new",
  ]);
});

test("nothing but the file is left behind, and who reads meanwhile sees the old or the new one whole", async () => {
  const folder = useFolder();
  const file = folder.write("kept.json", "0".repeat(100_000), 0o600);
  chmodSync(folder.path, 0o700);
  const writes = Array.from({ length: 9 }, (_, digit) => writeKept({ file, content: String(digit + 1).repeat(100_000), platform }));
  const seen: string[] = [];
  const reader = setInterval(() => seen.push(folder.read("kept.json")), 1);
  await Promise.all(writes);
  clearInterval(reader);
  seen.push(folder.read("kept.json"));
  expect(seen.filter((text) => text.length !== 100_000 || text !== text.charAt(0).repeat(100_000))).toEqual([]);
  expect(readdirSync(folder.path)).toEqual(["kept.json"]);
});

test("a link is followed, and its target closed", async () => {
  const folder = useFolder();
  mkdirSync(path.join(folder.path, "real"), { mode: 0o700 });
  folder.write("real/kept.json", "old", 0o644);
  symlinkSync(path.join(folder.path, "real"), path.join(folder.path, "link"));
  await writeKept({ file: `${folder.path}/link/kept.json`, content: "new", platform });
  expect([folder.read("real/kept.json"), folder.mode("real/kept.json")]).toEqual(["new", "600"]);
});

test("where it cannot be written, it fails and leaves nothing", async () => {
  const folder = useFolder({ file: "" });
  await expect(writeKept({ file: `${folder.path}/file/kept.json`, content: "new", platform })).rejects.toThrow(/EEXIST|ENOTDIR/);
  expect(existsSync(`${folder.path}/file/kept.json`)).toBe(false);
});
