import type { Found } from "./layers.ts";
import type { CommandName } from "./option-row.ts";
import { OPTIONS, type OptionName } from "./table.ts";

/** A line for each option of a command: its name, its value and where that came from; secrets are masked, nothing is left out. */
export function formatOptions(command: CommandName, found: ReadonlyMap<OptionName, Found>): string {
  const rows = OPTIONS.filter((row) => row.commands.includes(command)).map((row) => {
    const value = found.get(row.name);
    return [row.name, showValue(value?.raw, row.secret === true), value?.from ?? ""];
  });
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? "").length));
  return (
    rows.map(([name = "", value = "", from = ""]) => `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${from}`.trimEnd()).join("\n") +
    "\n"
  );
}

function showValue(raw: string | undefined, secret: boolean): string {
  if (raw === undefined) return "-";
  return secret ? "********" : JSON.stringify(raw);
}
