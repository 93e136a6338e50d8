import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { CancelledError } from "../src/errors.ts";
import { readFirstLine } from "../src/read-first-line.ts";

const never = new AbortController().signal;
const bytes = (...pieces: readonly string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece, "latin1")));

test.each([
  [["hunter2\n"], "hunter2"],
  [["hunter2"], "hunter2"],
  [["hun", "ter2\r", "\nmore\n"], "hunter2"],
  [[" a b \n"], " a b "],
  [["\xc3", "\xbc\n"], "ü"],
  [["\nhunter2\n"], ""],
  [["one\rtwo\n"], "one\rtwo"],
  [[], ""],
])("of %j the first line is %j", async (pieces, line) => {
  expect(await readFirstLine(bytes(...pieces), never)).toBe(line);
});

test("what follows is not waited for", async () => {
  async function* write() {
    yield Buffer.from("hunter2\n");
    await new Promise(() => undefined);
  }
  expect(await readFirstLine(Readable.from(write()), never)).toBe("hunter2");
});

test("a line without end is none, and is not read to its end", async () => {
  let written = 0;
  async function* write() {
    for (; written < 100; written++) yield Buffer.alloc(65_536, "x");
  }
  expect(await readFirstLine(Readable.from(write(), { highWaterMark: 1 }), never)).toBe("");
  expect(written).toBeLessThan(10);
});

test("what cannot be read is none", async () => {
  const stream = new Readable({ read: () => stream.destroy(new Error("EISDIR")) });
  expect(await readFirstLine(stream, never)).toBe("");
});

test("Ctrl-C ends the wait", async () => {
  const cancel = new AbortController();
  const line = readFirstLine(new Readable({ read: () => undefined }), cancel.signal);
  cancel.abort();
  await expect(line).rejects.toThrow(CancelledError);
});
