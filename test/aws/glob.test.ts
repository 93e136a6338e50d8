import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { matchesGlob } from "../../src/aws/glob.ts";

/** What Python says of one pattern: the names that match. */
interface Line {
  readonly pattern: string;
  readonly posix: readonly string[];
  readonly windows: readonly string[];
}

/** fnmatch-table.py writes it: first the names, then a line for each pattern. */
const [first = "", ...rest] = readFileSync(new URL("./fnmatch-table.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const { names } = JSON.parse(first) as { readonly names: readonly string[] };
const lines = rest.map((line) => JSON.parse(line) as Line);

test.each([
  ["posix", "linux"],
  ["posix", "darwin"],
  ["windows", "win32"],
] as const)("names match patterns as Python's fnmatch says for %s (%s)", (system, platform) => {
  const found = lines.map(({ pattern }) => [pattern, names.filter((name) => matchesGlob(name, pattern, platform))]);
  expect(found).toEqual(lines.map((line) => [line.pattern, line[system]]));
});
