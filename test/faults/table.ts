import { readFileSync, writeFileSync } from "node:fs";
import type { Cell } from "./cell.ts";
import { FAULTS } from "./faults.ts";
import { REQUESTS } from "./requests.ts";

type Row = Pick<Cell, "fault" | "request" | "outcome" | "exitCode">;

const DOCUMENT = new URL("../../docs/faults.md", import.meta.url);

/** Markdown: a line for each fault, a column for each request; `ok` for what was answered, or the exit code of a refusal. */
export function renderTable(cells: readonly Row[]): string {
  const find = (fault: string, request: string) => cells.find((cell) => cell.fault === fault && cell.request === request);
  const rows = FAULTS.map(({ name }) => [name, ...REQUESTS.map((request) => mark(find(name, request.name)))]);
  const head = ["", ...REQUESTS.map(({ name }) => name)];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function mark(cell: Row | undefined): string {
  if (cell === undefined) return "–";
  if (cell.outcome === "refused") return String(cell.exitCode);
  return cell.outcome === "recovered" ? "ok" : cell.outcome;
}

/** In place of the one that is there. */
export function writeTable(cells: readonly Row[]): void {
  const text = readFileSync(DOCUMENT, "utf8");
  writeFileSync(DOCUMENT, text.replace(/^\|[\s\S]*\|$/m, renderTable(cells)));
}
