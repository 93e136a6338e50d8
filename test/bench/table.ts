import { type Figures, type Group, missedTargets, type Row } from "./row.ts";

const NAMES: Readonly<Record<keyof Figures, string>> = {
  ms: "time",
  times: "ratio",
  msEach: "time",
  cpuMs: "CPU",
  cpuTimes: "CPU ratio",
  mebibytes: "memory",
  moreMebibytes: "memory",
  count: "count",
  bytes: "size",
};

const UNITS: Readonly<Record<keyof Figures, (value: number) => string>> = {
  ms: showTime,
  times: (value) => `${value.toFixed(2)} ×`,
  msEach: showTime,
  cpuMs: showTime,
  cpuTimes: (value) => `${value.toFixed(2)} ×`,
  mebibytes: (value) => `${value.toFixed(0)} MiB`,
  moreMebibytes: (value) => `+${value.toFixed(0)} MiB`,
  count: (value) => value.toLocaleString("en"),
  bytes: (value) => `${(value / 1024 / 1024).toFixed(2)} MiB`,
};

/** A table of Markdown for each group. The last columns are there where another program was measured. */
export function renderTables(groups: readonly Group[]): string {
  return groups.map((group) => `### ${group.title}\n\n${renderTable(group)}`).join("\n");
}

/** `1.2 s`, `83.4 ms` */
function showTime(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(1)} ms`;
}

function renderTable({ rows }: Group): string {
  const isCompared = rows.some(({ other }) => other !== undefined);
  const heads = [
    "What",
    "Median",
    "× `node -e 0`",
    "CPU",
    "× its CPU",
    "Memory",
    "Target",
    "Met",
    ...(isCompared ? ["The other", "its CPU", "× of this"] : []),
  ];
  const lines = rows.map((row) => [...cellsOf(row), ...(isCompared ? comparedCells(row) : [])]);
  const notes = rows.flatMap(({ title, note }) => (note === undefined ? [] : [`- ${title}: ${note}`]));
  const table = [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `${table}\n${notes.length === 0 ? "" : `\n${notes.join("\n")}\n`}`;
}

function cellsOf(row: Row): readonly string[] {
  const { title, figures, targets } = row;
  const main = (["ms", "msEach", "bytes", "count"] as const).filter((name) => figures[name] !== undefined);
  const missed = missedTargets(row);
  const wanted = (Object.entries(targets) as [keyof Figures, number][]).map(([name, most]) => `${NAMES[name]} ≤ ${UNITS[name](most)}`);
  const met = missed === undefined ? "" : missed.length === 0 ? "yes" : `no: ${missed.map((name) => NAMES[name]).join(", ")}`;
  const one = (name: keyof Figures) => show(figures, name);
  return [title, main.map(one).join(", "), one("times"), one("cpuMs"), one("cpuTimes"), one("mebibytes"), wanted.join(", "), met];
}

function comparedCells({ figures, other = {} }: Row): readonly string[] {
  const quotient = other.ms === undefined || figures.ms === undefined ? "" : `${(other.ms / figures.ms).toFixed(2)} ×`;
  return [show(other, "ms"), show(other, "cpuMs"), quotient];
}

function show(figures: Figures, name: keyof Figures): string {
  const value = figures[name];
  return value === undefined ? "" : UNITS[name](value);
}
