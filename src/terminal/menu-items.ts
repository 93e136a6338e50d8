/** The menu without its terminal: which items match what was typed, and which lines are seen. */

export interface MenuItem<T> {
  readonly label: string;
  /** The heading that it stands under. */
  readonly group?: string;
  readonly value: T;
}

export interface MenuLine {
  readonly text: string;
  readonly kind: "heading" | "item" | "focused";
}

/** Every word typed must stand somewhere in the item or its heading, in any case. */
export function matchItems<T>(items: readonly MenuItem<T>[], query: string): readonly MenuItem<T>[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = `${item.group ?? ""} ${item.label}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** At most `height` lines around the focused item, each item under the heading of its group: the first line repeats one that is out of sight. */
export function visibleLines<T>(items: readonly MenuItem<T>[], focus: number, height: number): readonly MenuLine[] {
  const drawn = drawAll(items, focus);
  const focusedLine = drawn.findIndex(({ line }) => line.kind === "focused");
  const start = Math.max(0, Math.min(focusedLine - Math.floor(height / 2), drawn.length - height));
  const seen = drawn.slice(start, start + height);
  const heading = seen[0]?.line.kind === "item" ? seen[0].group : undefined;
  const lines = seen.map(({ line }) => line);
  return heading === undefined ? lines : [{ text: heading, kind: "heading" }, ...lines.slice(1)];
}

interface Drawn {
  readonly line: MenuLine;
  readonly group: string | undefined;
}

function drawAll<T>(items: readonly MenuItem<T>[], focus: number): readonly Drawn[] {
  return items.flatMap(({ label, group }, index): readonly Drawn[] => {
    const line: Drawn = { line: { text: label, kind: index === focus ? "focused" : "item" }, group };
    const starts = group !== undefined && items[index - 1]?.group !== group;
    return starts ? [{ line: { text: group, kind: "heading" }, group }, line] : [line];
  });
}
