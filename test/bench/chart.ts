import { type Group, missedTargets, type Row } from "./row.ts";

const WIDTH = 860;
const LABELS = 330;
const VALUES = 90;
const ROW = 22;
const TITLE = 34;
const BAR = 12;

/** Every fill is told for both schemes; those of targets that are missed differ in brightness as well. */
const STYLE = `text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; }
.value { fill: #57606a; }
.bar { fill: #0969da; }
.missed { fill: #bc4c00; }
.other { fill: #8c959f; }
.target { stroke: #24292f; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.value { fill: #9198a1; }
.bar { fill: #58a6ff; }
.missed { fill: #ffa657; }
.other { fill: #6e7681; }
.target { stroke: #e6edf3; }
}`;

/** A bar for each time, each group in its own scale: a stroke is the target, a thin bar the other program. */
export function renderChart(groups: readonly Group[], label: string): string {
  const parts: string[] = [];
  let top = 0;
  for (const group of groups) {
    const rows = group.rows.filter(({ figures }) => figures.ms !== undefined);
    if (rows.length === 0) continue;
    parts.push(`<text class="title" x="0" y="${top + 22}">${escapeXml(group.title)}</text>`, ...renderRows(rows, top + TITLE));
    top += TITLE + rows.length * ROW + 8;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="${escapeXml(label)}">
<style>
${STYLE}
</style>
${parts.join("\n")}
</svg>
`;
}

function renderRows(rows: readonly Row[], top: number): readonly string[] {
  const longest = Math.max(...rows.flatMap((row) => [row.figures.ms ?? 0, row.other?.ms ?? 0, targetOf(row) ?? 0]));
  const widthOf = (ms: number) => Math.round((ms / longest) * (WIDTH - LABELS - VALUES) * 10) / 10;
  return rows.map((row, index) => {
    const y = top + index * ROW;
    const { ms = 0 } = row.figures;
    const kind = (missedTargets(row)?.length ?? 0) === 0 ? "bar" : "bar missed";
    const target = targetOf(row);
    const x = target === undefined ? undefined : LABELS + widthOf(target);
    return [
      `<text x="0" y="${y + BAR - 1}">${escapeXml(row.title)}</text>`,
      `<rect class="${kind}" x="${LABELS}" y="${y}" width="${widthOf(ms)}" height="${BAR}" rx="2"/>`,
      row.other?.ms === undefined
        ? ""
        : `<rect class="other" x="${LABELS}" y="${y + BAR + 1}" width="${widthOf(row.other.ms)}" height="4" rx="2"/>`,
      x === undefined ? "" : `<line class="target" x1="${x}" y1="${y - 2}" x2="${x}" y2="${y + BAR + 2}"/>`,
      `<text class="value" x="${LABELS + Math.max(widthOf(ms), target === undefined ? 0 : widthOf(target)) + 8}" y="${y + BAR - 1}">${showTime(ms)}</text>`,
    ]
      .filter((part) => part !== "")
      .join("\n");
  });
}

/** In milliseconds, also where it is told as a ratio. */
function targetOf({ figures, targets }: Row): number | undefined {
  if (targets.ms !== undefined) return targets.ms;
  if (targets.times === undefined || figures.times === undefined || figures.ms === undefined) return undefined;
  return (figures.ms / figures.times) * targets.times;
}

function showTime(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(0)} ms`;
}

function escapeXml(text: string): string {
  return text.replaceAll("`", "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
