import type { Found } from "./layers.ts";
import { type CommandName, holdsIn } from "./option-row.ts";
import { withoutPassword } from "./parse-value.ts";
import { type NamedRow, OPTIONS, type OptionName } from "./table.ts";

/** A line for each option of a command that a variable or a dotfile may give: its name, its value and where that came from; secrets are masked, nothing is left out. */
export function formatOptions(command: CommandName, found: ReadonlyMap<OptionName, Found>): string {
  const rows = OPTIONS.filter((row) => row.commands.includes(command) && row.refused === undefined && !holdsIn(command, row.flagOnly)).map(
    (row) => {
      const value = found.get(row.name);
      return [row.name, showValue(value?.raw, row), escapeUnseen(value?.from ?? "")];
    },
  );
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? "").length));
  return (
    rows.map(([name = "", value = "", from = ""]) => `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}`.trimEnd()).join("\n") +
    "\n"
  );
}

function showValue(raw: string | undefined, { secret, kind }: NamedRow): string {
  if (raw === undefined) return "-";
  if (secret === true) return "********";
  return escapeUnseen(JSON.stringify(kind === "url" || kind === "organization" ? withoutPassword(raw) : raw));
}

/** What a terminal would obey or hide; JSON escapes only a part of it. */
function escapeUnseen(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
