import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha1Hex } from "../../src/cache/sha1.ts";

const expected = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("hex");

test("of any bytes it is what node:crypto says", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => sha1Hex(bytes) === expected(bytes)));
});

test("around the length of a block nothing is lost", () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = new Uint8Array(length).fill(0xa5);
    expect(sha1Hex(bytes)).toBe(expected(bytes));
  }
});

test("the vectors of RFC 3174 hold", () => {
  const of = (text: string) => sha1Hex(new TextEncoder().encode(text));
  expect([of("abc"), of("a".repeat(1_000_000))]).toEqual([
    "a9993e364706816aba3e25717850c26c9cd0d89d",
    "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
  ]);
});
