import { formatChecks } from "@aws-okta-processor/contract/conformance";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../../plugins/format-rows/src/csv.ts";
import { rowsOf } from "../../../plugins/format-rows/src/rows.ts";
import { formatContext } from "../../support/format-context.ts";
import { askPython, hasPython, withPython } from "../../support/python.ts";
import { anyListing, someListing } from "../listings.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const write = (...listings: readonly (typeof someListing)[]) => Array.from(format.applications?.(listings, formatContext()) ?? []).join("");

runPackageChecks("format-rows");
runChecks("csv", formatChecks(format));

test("a role is a row below the names of the columns, quoted where it has to be", () => {
  expect(Array.from(format.roles?.(someListing, formatContext()) ?? [])).toEqual([
    "account,account_id,role,role_suffix,application_url,organization,user\n",
    "acme-prod,111111111111,arn:aws:iam::111111111111:role/Dev-Admin,admin,https://acme.okta.com/home/amazon_aws/0oa1/272,acme.okta.com,jdoe\n",
    '"Ünï ""x"", 日本 ",222222222222,arn:aws:iam::222222222222:role/teams/Audit,arn:aws:iam::222222222222:role/teams/audit,https://acme.okta.com/home/amazon_aws/0oa1/272,acme.okta.com,jdoe\n',
  ]);
});

test("several applications stand below one head", () => {
  const lines = write(someListing, { ...someListing, applicationUrl: "https://acme.okta.com/2" }).split("\n");
  expect(lines.map((line) => line.includes("https://acme.okta.com/2"))).toEqual([false, false, false, true, true, false]);
  expect(write()).toBe("account,account_id,role,role_suffix,application_url,organization,user\n");
});

test.each([
  ["a,b", '"a,b"'],
  [" a", '" a"'],
  ["a\t", '"a\t"'],
  ["a\nb", '"a\nb"'],
  ["a\rb", '"a\rb"'],
  ['a"b', '"a""b"'],
  ["a;b 'c'", "a;b 'c'"],
  ["", ""],
])("a field %j is %s", (user, field) => {
  expect(write({ ...someListing, user })).toContain(`,acme.okta.com,${field}\n`);
});

test("at a terminal a name says nothing to it", () => {
  const listing = { ...someListing, user: "\u001b]0;title\u0007\u202e" };
  const context = formatContext({ terminal: { columns: 80, hasColors: true } });
  const text = Array.from(format.roles?.(listing, context) ?? []).join("");
  expect(text).toContain(",acme.okta.com,\ufffd]0;title\ufffd\ufffd\n");
});

test("whatever the names are, a parser of Node reads them back", () => {
  fc.assert(
    fc.property(anyListing, (listing) => {
      // Of two line ends in one text the parser would guess which one ends a record.
      expect(parse(write(listing), { columns: true, record_delimiter: "\n" })).toEqual(Array.from(rowsOf([listing])));
    }),
  );
});

test.skipIf(!hasPython)(withPython("and so does Python's"), () => {
  const listings = fc.sample(anyListing, { numRuns: 200, seed: 5 });
  const read = askPython(
    new URL("read-csv.py", import.meta.url),
    listings.map((listing) => write(listing)),
  );
  expect(read).toEqual(listings.map((listing) => Array.from(rowsOf([listing]))));
});
