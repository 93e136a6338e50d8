import type { Format, RoleListing } from "@aws-okta-processor/contract";
import { COLUMNS, rowsOf } from "./rows.ts";

export const format: Format = { applications: writeTable, roles: (listing) => writeTable([listing]) };

function* writeTable(listings: readonly RoleListing[]): Iterable<string> {
  yield writeLine(COLUMNS);
  for (const row of rowsOf(listings)) yield writeLine(COLUMNS.map((column) => row[column]));
}

function writeLine(fields: readonly string[]): string {
  return `${fields.map(quote).join(",")}\n`;
}

/** @see https://www.rfc-editor.org/rfc/rfc4180#section-2 spaces belong to a field; some readers trim those that are not quoted */
function quote(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
