import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText } from "../../src/terminal/clean.ts";

test.each([
  ["plain text", "Jürgen's rôle 角色 😀 – (1)", "Jürgen's rôle 角色 😀 – (1)"],
  ["colours", "\u001b[31mred\u001b[0m", "[31mred[0m"],
  ["a title of the window", "\u001b]0;gone\u0007", "]0;gone"],
  ["a cleared screen in one byte", "a\u009b2Jb", "a2Jb"],
  ["line ends", "one\r\ntwo\nthree\u2028four\u2029five\tsix", "one two three four five six"],
  ["a line that is written over", "good\rbad", "good bad"],
  ["backspaces", "bad\b\b\bgood", "badgood"],
  ["a turned direction", "\u202eelor\u202c \u2066x\u2069 \u200f", "elor x "],
  ["what is not seen", "a\u200bb\ufeffc\u00add", "abcd"],
  ["NUL and DEL", "a\0b\u007fc", "abc"],
])("of %s what may be shown is left", (_, text, shown) => {
  expect(cleanText(text)).toBe(shown);
});

test("whatever comes, it is one line without a control character", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("\u001b", "[", "\n", "\u009b", "\u202e", "x") })),
      (text) => {
        expect(cleanText(text)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      },
    ),
  );
});

test("what is clean stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
    }),
  );
});
