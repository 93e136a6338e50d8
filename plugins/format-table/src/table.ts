import { styleText } from "node:util";
import type { Format, FormatContext, RoleListing } from "@aws-okta-processor/contract";
import { pad, widthOf } from "./cells.ts";

export const format: Format = { applications: writeTables, roles: writeTable };

const HEAD = ["ACCOUNT", "ID", "ROLE", "ARN"] as const;

const GAP = 2;

function* writeTables(listings: readonly RoleListing[], context: FormatContext): Iterable<string> {
  for (const [index, listing] of listings.entries()) {
    yield `${index === 0 ? "" : "\n"}${clean(listing.applicationUrl)}\n`;
    yield* writeTable(listing, context);
  }
}

function* writeTable(listing: RoleListing, { terminal }: FormatContext): Iterable<string> {
  const rows = rowsOf(listing);
  const widths = HEAD.map((head, column) => rows.reduce((width, row) => Math.max(width, widthOf(row[column] ?? "")), widthOf(head)));
  const shown = widths.slice(0, columnsThatFit(widths, terminal?.columns));
  const head = writeRow(HEAD, shown);
  yield `${terminal?.hasColors === true ? styleText("bold", head, { validateStream: false }) : head}\n`;
  for (const row of rows) yield `${writeRow(row, shown)}\n`;
}

function rowsOf({ accounts }: RoleListing): readonly (readonly string[])[] {
  return accounts.flatMap(({ name, id, roles }) => roles.map(({ arn }) => [name, id, arn.replace(/^.*?:role\//, ""), arn].map(clean)));
}

/** A terminal that is too narrow for the ARNs is shown the rest; no other column is left out. */
function columnsThatFit(widths: readonly number[], limit = Number.POSITIVE_INFINITY): number {
  const total = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
  return total <= limit ? widths.length : widths.length - 1;
}

function writeRow(cells: readonly string[], widths: readonly number[]): string {
  return widths.map((width, column) => pad(cells[column] ?? "", column === widths.length - 1 ? 0 : width)).join(" ".repeat(GAP));
}

/** No name may speak to the terminal, break its line or hide. */
function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, "\ufffd");
}
