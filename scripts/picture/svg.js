// Screens as one SVG: a window for each, under a title. Every size is fixed, and text is told how wide to be, so that any font fits.

const FONT = 14;
const CELL = 8.4;
const LINE = 20;
const PADDING = 16;
const TITLE = 28;
const GAP = 10;

const COLOURS = { plain: "#d8dee9", green: "#a3be8c", cyan: "#88c0d0", red: "#e06c75" };

/** @param screens `{ title, rows }`, rows as of renderScreen */
export function renderSvg(screens, { columns, label }) {
  const width = Math.ceil(columns * CELL) + 2 * PADDING;
  const windows = [];
  let top = 0;
  for (const { title, rows } of screens) {
    const height = rows.length * LINE + 2 * PADDING - 8;
    windows.push(renderWindow({ title, rows, top, width, height }));
    top += TITLE + height + GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top - GAP}" viewBox="0 0 ${width} ${top - GAP}" role="img" aria-label="${escapeXml(label)}">
<style>
.title { font: 600 14px system-ui, sans-serif; fill: #6b7688; }
.screen { font: ${FONT}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }
.bold { font-weight: 700; }
.dim { opacity: 0.6; }
${Object.entries(COLOURS)
  .map(([name, colour]) => `.${name} { fill: ${colour}; }`)
  .join("\n")}
</style>
${windows.join("\n")}
</svg>
`;
}

function renderWindow({ title, rows, top, width, height }) {
  const lines = rows.map((row, index) => renderRow(row, top + TITLE + PADDING + 10 + index * LINE)).filter((line) => line !== "");
  return `<text class="title" x="2" y="${top + 18}">${escapeXml(title)}</text>
<rect x="0" y="${top + TITLE}" width="${width}" height="${height}" rx="8" fill="#232a36"/>
<g class="screen">
${lines.join("\n")}
</g>`;
}

function renderRow(runs, y) {
  let column = 0;
  const texts = [];
  for (const { text, colour, bold, dim } of runs) {
    const start = column + text.length - text.trimStart().length;
    const word = text.trim();
    column += [...text].length;
    if (word === "") continue;
    if (COLOURS[colour] === undefined) throw new Error(`the picture has no colour ${colour}`);
    const style = [colour, bold ? "bold" : "", dim ? "dim" : ""].filter((name) => name !== "").join(" ");
    texts.push(
      `<text class="${style}" x="${round(PADDING + start * CELL)}" y="${y}" textLength="${round([...word].length * CELL)}" xml:space="preserve">${escapeXml(word)}</text>`,
    );
  }
  return texts.join("\n");
}

const round = (number) => Math.round(number * 10) / 10;

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
