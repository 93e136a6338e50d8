import { formatChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../../plugins/format-rows/src/jsonl.ts";
import { rowsOf } from "../../../plugins/format-rows/src/rows.ts";
import { formatContext } from "../../support/format-context.ts";
import { anyListing, someListing } from "../listings.ts";
import { runChecks } from "../run-checks.ts";

runChecks("jsonl", formatChecks(format));

test("a role is an object on a line of its own, in plain ASCII", () => {
  const [, second = ""] = Array.from(format.roles?.(someListing, formatContext()) ?? []);
  expect(second).toBe(
    '{"account":"\\u00dcn\\u00ef \\"x\\", \\u65e5\\u672c ","account_id":"222222222222","role":"arn:aws:iam::222222222222:role/teams/Audit",' +
      '"role_suffix":"arn:aws:iam::222222222222:role/teams/audit","application_url":"https://acme.okta.com/home/amazon_aws/0oa1/272",' +
      '"organization":"acme.okta.com","user":"jdoe"}\n',
  );
});

test("whatever the names are, each line is read back by itself", () => {
  fc.assert(
    fc.property(fc.array(anyListing, { maxLength: 2 }), (listings) => {
      const text = Array.from(format.applications?.(listings, formatContext()) ?? []).join("");
      expect(text).toMatch(/^[\n -~]*$/);
      const lines = text.split("\n").slice(0, -1);
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(Array.from(rowsOf(listings)));
    }),
  );
});
