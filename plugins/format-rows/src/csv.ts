import type { Format, FormatContext, RoleListing } from "@aws-okta-processor/contract";
import { COLUMNS, rowsOf } from "./rows.ts";

export const format: Format = { applications: writeTable, roles: (listing, context) => writeTable([listing], context) };

/** Into a file or a pipe a name goes as it is; to a terminal it may not speak. */
function* writeTable(listings: readonly RoleListing[], { terminal }: FormatContext): Iterable<string> {
  const show = terminal === undefined ? (field: string) => field : clean;
  yield writeLine(COLUMNS);
  for (const row of rowsOf(listings)) yield writeLine(COLUMNS.map((column) => show(row[column])));
}

function clean(field: string): string {
  return field.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, "\ufffd");
}

function writeLine(fields: readonly string[]): string {
  return `${fields.map(quote).join(",")}\n`;
}

/** @see https://www.rfc-editor.org/rfc/rfc4180#section-2 spaces belong to a field; some readers trim those that are not quoted */
function quote(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
