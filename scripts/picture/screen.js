// A terminal's screen, as much of one as this program's prompts use. What it does not know it refuses: no picture is wrong in silence.

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const PLAIN = { colour: "plain", bold: false, dim: false };
const SEQUENCE = /\u001b\[(\??)([\d;]*)([A-Za-z])/y;

/** @returns the rows after all of `output` was written, each as runs of one style: `{ text, colour, bold, dim }` */
export function renderScreen(output, columns) {
  const screen = { rows: [[]], row: 0, column: 0, columns, style: PLAIN };
  for (let index = 0; index < output.length; ) {
    if (output[index] === "\u001b") index = obeySequence(screen, output, index);
    else {
      const character = String.fromCodePoint(output.codePointAt(index));
      put(screen, character);
      index += character.length;
    }
  }
  const rows = screen.rows.map(runsOf);
  return rows.slice(0, rows.findLastIndex((row) => row.some(({ text }) => text.trim() !== "")) + 1);
}

function put(screen, character) {
  if (character === "\r") screen.column = 0;
  else if (character === "\n") moveDown(screen, 1);
  else if (character < " ") throw new Error(`the picture's screen does not know ${JSON.stringify(character)}`);
  else {
    if (screen.column >= screen.columns) throw new Error("a line of the picture is too long");
    screen.rows[screen.row][screen.column++] = { character, style: screen.style };
  }
}

function moveDown(screen, by) {
  screen.row += by;
  while (screen.rows.length <= screen.row) screen.rows.push([]);
}

function obeySequence(screen, output, index) {
  SEQUENCE.lastIndex = index;
  const [sequence, mode, parameters, command] = SEQUENCE.exec(output) ?? [];
  if (sequence === undefined) throw new Error(`the picture's screen does not know ${JSON.stringify(output.slice(index, index + 12))}`);
  if (mode === "" && COMMANDS[command] === undefined) throw new Error(`the picture's screen does not know ${JSON.stringify(sequence)}`);
  if (mode === "") COMMANDS[command](screen, parameters);
  return index + sequence.length;
}

/** @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const COMMANDS = {
  A: (screen, by) => {
    screen.row = Math.max(0, screen.row - (Number(by) || 1));
  },
  B: (screen, by) => moveDown(screen, Number(by) || 1),
  C: (screen, by) => {
    screen.column += Number(by) || 1;
  },
  D: (screen, by) => {
    screen.column = Math.max(0, screen.column - (Number(by) || 1));
  },
  F: (screen, by) => {
    screen.row = Math.max(0, screen.row - (Number(by) || 1));
    screen.column = 0;
  },
  G: (screen, column) => {
    screen.column = (Number(column) || 1) - 1;
  },
  J: (screen, how) => {
    if (how !== "" && how !== "0") throw new Error("the picture's screen erases downwards only");
    screen.rows[screen.row].length = Math.min(screen.rows[screen.row].length, screen.column);
    screen.rows.length = screen.row + 1;
  },
  K: (screen, how) => {
    const row = screen.rows[screen.row];
    row.length = how === "2" ? 0 : Math.min(row.length, screen.column);
  },
  m: (screen, codes) => {
    for (const code of codes.split(";")) screen.style = restyle(screen.style, Number(code));
  },
};

function restyle(style, code) {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2 || code === 90) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, colour: "plain", dim: false };
  if (code >= 30 && code <= 37) return { ...style, colour: COLOURS[code - 30] };
  throw new Error(`the picture's screen does not know the style ${code}`);
}

function runsOf(row) {
  const runs = [];
  for (const cell of Array.from(row, (cell) => cell ?? { character: " ", style: PLAIN })) {
    const last = runs.at(-1);
    if (last?.style === cell.style) last.text += cell.character;
    else runs.push({ text: cell.character, style: cell.style });
  }
  return runs.map(({ text, style }) => ({ text, ...style }));
}
