// JSON as Python's json.dumps writes it by default, which is what scripts that read the original's output have seen.

const shortForms: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** A string in quotes, every UTF-16 unit outside printable ASCII escaped. */
export function jsonString(text: string): string {
  return `"${text.replaceAll(/[^ !#-[\]-~]/g, escapeUnit)}"`;
}

/** @param members values that are JSON already, in the order to write them */
export function jsonObject(members: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(members).map(([name, json]) => `${jsonString(name)}: ${json}`);
  return `{${pairs.join(", ")}}`;
}

function escapeUnit(unit: string): string {
  return shortForms[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
