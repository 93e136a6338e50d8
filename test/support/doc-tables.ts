import { readFileSync } from "node:fs";

/** A row of a table in docs/, its cells without code marks at their ends. */
export type DocRow = readonly string[];

export interface DocTable {
  readonly head: DocRow;
  readonly rows: readonly DocRow[];
}

/** The tables of a page, in their order. */
export function readDocTables(page: string): readonly DocTable[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
  const blocks = text.split(/\n(?!\|)/).map((block) => block.split("\n").filter((line) => line.startsWith("|")));
  return blocks.flatMap(([head, , ...rows]) => (head === undefined ? [] : [{ head: cellsOf(head), rows: rows.map(cellsOf) }]));
}

function cellsOf(line: string): DocRow {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) =>
    cell
      .trim()
      .replace(/^`([^`]*)`$/, "$1")
      .replaceAll("\\|", "|"),
  );
}
