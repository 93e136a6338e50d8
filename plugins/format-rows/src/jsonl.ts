import type { Format, RoleListing } from "@aws-okta-processor/contract";
import { rowsOf } from "./rows.ts";

export const format: Format = { applications: writeLines, roles: (listing) => writeLines([listing]) };

function* writeLines(listings: readonly RoleListing[]): Iterable<string> {
  for (const row of rowsOf(listings)) yield `${toAscii(JSON.stringify(row))}\n`;
}

/** So that no terminal and no reader of another encoding sees more than was meant. */
function toAscii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
