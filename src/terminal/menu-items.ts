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

/** At most `height` lines around the focused item, each group under its heading. */
export function visibleLines<T>(items: readonly MenuItem<T>[], focus: number, height: number): readonly MenuLine[] {
  const first = Math.max(0, Math.min(focus - Math.floor(height / 2), items.length - height));
  const lines: MenuLine[] = [];
  let focusedLine = 0;
  for (let index = first; index < Math.min(items.length, first + height); index++) {
    const item = items[index];
    if (item === undefined) break;
    if (item.group !== undefined && (index === first || items[index - 1]?.group !== item.group))
      lines.push({ text: item.group, kind: "heading" });
    if (index === focus) focusedLine = lines.length;
    lines.push({ text: item.label, kind: index === focus ? "focused" : "item" });
  }
  const start = Math.max(0, Math.min(focusedLine - height + 1, lines.length - height));
  return lines.slice(start, start + height);
}
