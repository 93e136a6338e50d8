// Texts that have broken quoting, terminals and files before, and more of their kind; the same ones on every run.

/** Without NUL and line ends: what a line may have to hold. */
const pieces: readonly string[] = [
  ..."'\"`$\\!#%&*;|<>(){}[]~^=? \t-a0é",
  "\u2018",
  "\u2019",
  "\u201a",
  "\u201b",
  "\u201c",
  "\u201d",
  "''",
  "\\'",
  "'\\''",
  "\\\\",
  "$(exit 3)",
  "`exit 3`",
  "$" + "{HOME}",
  "$env:PATH",
  "%PATH%",
  "&&",
  "; exit 3;",
  "\u{1f511}",
  "e\u0301",
  "\u00a0",
  "\u202e",
];

const whole: readonly string[] = [
  "plain",
  "it's",
  "'",
  "''",
  "\\",
  "\\\\'",
  "ends with a backslash\\",
  " starts and ends with a space ",
  "two\nlines",
  "\nline ends around\n",
  "a\r\nb",
  "-n",
  "$(exit 3)",
  "`exit 3`",
  "'; exit 3; '",
  "\u2019; exit 3; \u2019",
  "!!",
  "a\tb",
  "\u001b]0;title\u0007",
  "\u007f\u0085",
  "\u65e5\u672c\u8a9e \u{1f511}",
  "x".repeat(4096),
];

/** @returns the fixed texts first, then `count` that are put together from their pieces */
export function hostileTexts(count: number, seed = 1): readonly string[] {
  const next = randomBelow(seed);
  const pick = () => pieces[next(pieces.length)] ?? "";
  return [...whole, ...Array.from({ length: count }, () => Array.from({ length: 1 + next(12) }, pick).join(""))];
}

/** mulberry32: small, and the same everywhere. */
function randomBelow(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
