import type { Format, RoleListing } from "@aws-okta-processor/contract";

/**
 * A table for a wiki, as an example. `roles` gives what `get-roles --output {{name}}` prints, in pieces; a format may have `credentials` for
 * `authenticate`, too, and then says so in package.json, under `prints`. A format is pure and does not wait: the same listing gives the
 * same text.
 */
export const format: Format = { roles: writeTable };

function* writeTable({ accounts }: RoleListing): Iterable<string> {
  yield "| Account | Role |\n|---|---|\n";
  for (const { name, roles } of accounts) for (const { arn } of roles) yield `| ${cell(name)} | ${cell(arn)} |\n`;
}

/** Names come from outside: what would break the table is taken out of them. */
function cell(text: string): string {
  return text.replaceAll(/[|\p{Cc}]/gu, " ");
}
