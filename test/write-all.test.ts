import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { writeAll } from "../src/write-all.ts";
import { useFolder } from "./support/folder.ts";

test("a text is written as its bytes", () => {
  const folder = useFolder();
  const descriptor = openSync(`${folder.path}/out`, "w");
  for (const text of ["grüße 😀\n", "", "end"]) writeAll(descriptor, text);
  closeSync(descriptor);
  expect(folder.read("out")).toBe("grüße 😀\nend");
});

test("what cannot be written is an error", () => {
  const folder = useFolder({ in: "" });
  const descriptor = openSync(`${folder.path}/in`, "r");
  expect(() => writeAll(descriptor, "x")).toThrow("EBADF");
  closeSync(descriptor);
});

test("a pipe that takes only a little at a time gets everything", async () => {
  const module = pathToFileURL(fileURLToPath(new URL("../dist/write-all.js", import.meta.url))).href;
  // To look at process.stdout is to make the pipe one that does not wait.
  const script = `process.stdout.isTTY; const { writeAll } = await import(${JSON.stringify(module)}); writeAll(1, "x".repeat(1_000_000));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => setTimeout(resolve, 200));
  let length = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) length += chunk.length;
  expect(length).toBe(1_000_000);
});
