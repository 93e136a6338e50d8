import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseDotfile } from "../../src/options/dotfile.ts";
import { gatherOptions } from "../../src/options/resolve.ts";
import type { OptionName } from "../../src/options/table.ts";
import { useFolder } from "../support/folder.ts";

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Row = readonly [text: string, original: Sections | string, promised: Sections | null, why: readonly string[]];
type Pair = readonly [home: string, here: string, merged: Readonly<Record<string, string>>];

/** Written by python-tables.py beside them, with the real configparser. */
const rows = readTable<Row>("dotfile-table.jsonl");
const pairs = readTable<Pair>("precedence-table.jsonl");

test("dotfiles mean what they mean to Python's configparser, but for four ways of its own", () => {
  expect(rows.map(([text]) => [text, read(text)])).toEqual(
    rows.map(([text, , promised]) => [text, promised === null ? null : entriesOf(promised)]),
  );
  expect(rows.length).toBeGreaterThan(500);
});

test("whatever differs from the original has its reason", () => {
  const differing = rows.filter(([, original, promised]) => promised !== null && JSON.stringify(original) !== JSON.stringify(promised));
  expect(differing.filter(([, , , why]) => why.length === 0)).toEqual([]);
  expect(new Set(differing.flatMap(([, , , why]) => why))).toEqual(new Set(["%", "duplicate", "BOM", "bracket"]));
});

test("what the original reads without these ways is read alike, and what it refuses is refused", () => {
  const alike = rows.filter(([, , , why]) => why.length === 0);
  const refused = alike.filter(([, original]) => typeof original === "string");
  expect(refused.filter(([text]) => read(text) !== null)).toEqual([]);
  expect([alike.length - refused.length, refused.length].every((count) => count > 50)).toBe(true);
});

test("two dotfiles are merged as the original merges them", () => {
  const { path: root, write } = useFolder();
  const outside = { env: {}, platform: "linux", cwd: path.join(root, "here"), home: path.join(root, "home") };
  mkdirSync(outside.cwd);
  const merge = (home: string, here: string) => {
    write("home/.awsoktaprocessor", home);
    write("here/.awsoktaprocessor", here);
    const found = gatherOptions("authenticate", {}, outside);
    return Object.fromEntries(NAMES.flatMap((name) => (found.has(name) ? [[name, found.get(name)?.raw]] : [])));
  };
  expect(pairs.map(([home, here]) => [home, here, merge(home, here)])).toEqual(pairs);
  expect(pairs.length).toBeGreaterThan(100);
});

const NAMES: readonly OptionName[] = ["user", "role", "factor", "account-alias", "key"];

/** Sections and keys in an order of their own; null where it is refused. */
function read(text: string): unknown {
  try {
    const sections = [...parseDotfile(text, "f")].map(([name, keys]) => [name, Object.fromEntries(keys)] as const);
    // [DEFAULT] without a key is nothing to Python.
    return entriesOf(Object.fromEntries(sections.filter(([name, keys]) => name !== "DEFAULT" || Object.keys(keys).length > 0)));
  } catch {
    return null;
  }
}

function entriesOf(sections: Sections): unknown {
  const sorted = (entries: readonly (readonly [string, unknown])[]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted(Object.entries(sections).map(([name, keys]) => [name, sorted(Object.entries(keys).map(withDashes))]));
}

const withDashes = ([key, value]: readonly [string, string]) => [key.replaceAll("_", "-"), value] as const;

function readTable<T>(name: string): readonly T[] {
  const lines = readFileSync(new URL(name, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return JSON.parse(`[${lines.join(",")}]`) as readonly T[];
}
