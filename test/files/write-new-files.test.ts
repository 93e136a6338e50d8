import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeNewFiles } from "../../src/files/write-new-files.ts";
import { useFolder } from "../support/folder.ts";

const FILES = { "a.txt": "A\n", "in/b.txt": "B\n", "in/deeper/c.txt": "C\n" };

test("a new folder, and those that it lies in, hold what was given", () => {
  const folder = useFolder();
  writeNewFiles(path.join(folder.path, "x/y"), FILES);
  expect(Object.keys(FILES).map((name) => folder.read(path.join("x/y", name)))).toEqual(["A\n", "B\n", "C\n"]);
});

test("an empty folder is filled, also where it is a link", () => {
  const folder = useFolder();
  mkdirSync(path.join(folder.path, "real"));
  symlinkSync("real", path.join(folder.path, "link"));
  writeNewFiles(path.join(folder.path, "link"), FILES);
  expect(readdirSync(path.join(folder.path, "real"))).toEqual(["a.txt", "in"]);
});

test.each([
  ["a folder with a hidden file", { "x/.hidden": "" }],
  ["a file", { x: "" }],
])("%s is left as it is", (_, there) => {
  const folder = useFolder(there);
  const before = readdirSync(folder.path, { recursive: true });
  expect(() => writeNewFiles(path.join(folder.path, "x"), FILES)).toThrow(`${folder.path}/x is there already, and not an empty folder`);
  expect(readdirSync(folder.path, { recursive: true })).toEqual(before);
});

test("what cannot be written whole is not written at all", () => {
  const folder = useFolder();
  const inFile = { ...FILES, "in/b.txt/d.txt": "a folder that is a file" };
  expect(() => writeNewFiles(path.join(folder.path, "x/y"), inFile)).toThrow(
    `the file ${folder.path}/x/y/in/b.txt/d.txt cannot be written: ENOTDIR`,
  );
  expect(readdirSync(folder.path)).toEqual([]);
  mkdirSync(path.join(folder.path, "empty"));
  expect(() => writeNewFiles(path.join(folder.path, "empty"), inFile)).toThrow("ENOTDIR");
  expect(readdirSync(folder.path, { recursive: true })).toEqual(["empty"]);
});

test("a folder that would lie in a file is told with the system's word", () => {
  const folder = useFolder({ file: "" });
  expect(() => writeNewFiles(path.join(folder.path, "file/x"), FILES)).toThrow(/^the file .*\/file\/x\/a\.txt cannot be written: E[A-Z]+$/);
});
