export type LayOut = (value: string) => string;

/** Far more than a terminal is wide; without a limit one template could ask for gigabytes. */
const widestColumns = 10_000;

const grammar = /^(?:(?<fill>.)?(?<align>[<>^]))?(?<zero>0)?(?<width>[0-9]+)?(?:\.(?<precision>[0-9]+))?s?$/su;

interface Column {
  readonly fill: string;
  readonly align: string;
  readonly width: number;
  readonly precision: number;
}

/**
 * Reads what follows the colon of a field: `[[fill]align][0][width][.precision][s]`, widths in code points.
 *
 * @see https://docs.python.org/3/library/string.html#format-specification-mini-language
 * @returns undefined where Python would refuse it for a string, or the width is absurd
 */
export function parseSpec(spec: string): LayOut | undefined {
  const groups = grammar.exec(spec)?.groups;
  if (groups === undefined) return undefined;
  const { fill, align = "<", zero, width = "0", precision } = groups;
  const column: Column = {
    // Since Python 3.10 a zero before the width only fills; it no longer aligns.
    fill: fill ?? zero ?? " ",
    align,
    width: Number(width),
    precision: precision === undefined ? Infinity : Number(precision),
  };
  return column.width > widestColumns ? undefined : (value) => layOut(value, column);
}

function layOut(value: string, { fill, align, width, precision }: Column): string {
  const characters = Array.from(value).slice(0, precision);
  const missing = Math.max(0, width - characters.length);
  const before = { "<": 0, ">": missing, "^": Math.floor(missing / 2) }[align] ?? 0;
  return `${fill.repeat(before)}${characters.join("")}${fill.repeat(missing - before)}`;
}
