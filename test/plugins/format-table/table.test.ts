import type { FormatContext, RoleListing } from "@aws-okta-processor/contract";
import { formatChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { widthOf } from "../../../plugins/format-table/src/cells.ts";
import { format } from "../../../plugins/format-table/src/table.ts";
import { formatContext } from "../../support/format-context.ts";
import { anyListing, someListing } from "../listings.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("format-table");
runChecks("table", formatChecks(format));

const write = (listing: RoleListing, terminal?: FormatContext["terminal"]) =>
  Array.from(format.roles?.(listing, formatContext({ terminal })) ?? []).join("");

test("columns are as wide as a terminal shows what is in them, and no line ends in spaces", () => {
  expect(write(someListing)).toBe(`ACCOUNT         ID            ROLE         ARN
acme-prod       111111111111  Dev-Admin    arn:aws:iam::111111111111:role/Dev-Admin
Ünï "x", 日本   222222222222  teams/Audit  arn:aws:iam::222222222222:role/teams/Audit
`);
});

test("a terminal that is too narrow is shown all but the ARNs", () => {
  const narrow = `ACCOUNT         ID            ROLE
acme-prod       111111111111  Dev-Admin
Ünï "x", 日本   222222222222  teams/Audit
`;
  const wide = 16 + 14 + 13 + 42;
  const at = (columns: number) => write(someListing, { columns, hasColors: false });
  expect([at(wide), at(wide - 1), at(10)]).toEqual([write(someListing), narrow, narrow]);
});

test("at a terminal that has colours the head is bold", () => {
  const [head, ...rows] = write(someListing, { columns: 200, hasColors: true }).split("\n");
  expect([head, ...rows].join("\n")).toBe(write(someListing).replace(/^.*$/m, "\u001b[1m$&\u001b[22m"));
});

test("each of several applications has its table below its address", () => {
  const other = { ...someListing, applicationUrl: "https://acme.okta.com/2\u001b\u202e\u2028" };
  const text = Array.from(format.applications?.([someListing, other], formatContext()) ?? []).join("");
  expect(text).toBe(
    `${someListing.applicationUrl}\n${write(someListing)}\nhttps://acme.okta.com/2\ufffd\ufffd\ufffd\n${write(someListing)}`,
  );
});

test("a role that is no ARN is shown as it is", () => {
  const roles = [{ arn: "odd", suffix: "odd" }];
  expect(write({ ...someListing, accounts: [{ name: "n", id: "1", nameRaw: "n", roles }] })).toBe(
    "ACCOUNT  ID  ROLE  ARN\nn        1   odd   odd\n",
  );
});

test("whatever the names are, each role is one line that says nothing to the terminal, in columns that do not move", () => {
  fc.assert(
    fc.property(anyListing, (listing) => {
      const marked = { ...listing, accounts: listing.accounts.map((account) => ({ ...account, id: "|" })) };
      const lines = write(marked).split("\n");
      const roles = marked.accounts.flatMap((account) => account.roles);
      expect(lines).toHaveLength(roles.length + 2);
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      const [head = "", ...rows] = lines.slice(0, -1);
      const before = widthOf(head.slice(0, head.indexOf("ID")));
      for (const row of rows) expect(Array.from(row.matchAll(/\|/g), ({ index }) => widthOf(row.slice(0, index)))).toContain(before);
    }),
  );
});
