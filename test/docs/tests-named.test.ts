import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type DocTable, readDocTables } from "../support/doc-tables.ts";
import { ROOT } from "./markdown.ts";

const differences = readDocTables("differences.md");
const compatibility = readDocTables("compatibility.md");
const factors = readDocTables("factors.md").filter(({ head }) => head.at(-1) === "Shown by");
const promises = readDocTables("threat-model.md").filter(({ head }) => head.at(-1) === "Shown by");
const rows = [...promises, ...differences, ...compatibility, ...factors].flatMap((table) =>
  table.rows.map((row) => ({ row: row.slice(0, -1).join(" | "), shown: row.at(-1) ?? "" })),
);

/** Nothing to show: it is not there, or not yet. */
const NOTHING = "–";

describe("each row of docs/differences.md, docs/compatibility.md, docs/factors.md and docs/threat-model.md names tests that there are", () => {
  test.each(rows)("$row", ({ row, shown }) => {
    if (shown === NOTHING) expect(row).toMatch(/not yet|there is no/);
    else expect(namedIn(shown).filter(({ file, title }) => !isThere(file, title))).toEqual([]);
  });
});

test("all 28 bugs of the original are gone through, in their order", () => {
  expect(columnOf(differences[0], 0)).toEqual(Array.from({ length: 28 }, (_, index) => String(index + 1)));
});

test("what is not yet names the issue that is for it", () => {
  expect(rows.filter(({ row }) => /not yet/i.test(row) && !/\(issue \d\)/.test(row))).toEqual([]);
});

test("whatever borders there are to the original, each row says same or different", () => {
  expect(compatibility).toHaveLength(9);
  expect(new Set(compatibility.flatMap((table) => columnOf(table, 1)))).toEqual(new Set(["same", "different"]));
});

interface Named {
  readonly file: string;
  readonly title: string;
}

/** Reads `` `test/a.test.ts`: its title `` and the next one behind `<br>`. */
function namedIn(cell: string): readonly Named[] {
  return cell.split(" <br> ").map((part) => {
    const [, file = "", title = ""] = /^`(test\/[a-z/-]+\.test\.ts)`: (.+)$/.exec(part) ?? [];
    if (title === "") throw new Error(`nobody reads this as a test: ${part}`);
    return { file, title };
  });
}

/** Titles stand in the source as they are, those of tables with their `%s`. */
function isThere(file: string, title: string): boolean {
  const source = existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), "utf8") : "";
  return [`"${title}"`, `\`${title}\``].some((literal) => source.includes(literal));
}

function columnOf(table: DocTable | undefined, column: number): readonly (string | undefined)[] {
  return table?.rows.map((row) => row[column]) ?? [];
}
