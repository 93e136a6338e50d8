import { formatChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../../plugins/format-json/src/json.ts";
import { jsonString } from "../../../plugins/format-json/src/python-json.ts";
import { formatContext } from "../../support/format-context.ts";
import { anyText } from "../any-text.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const context = formatContext();

const listing = {
  applicationUrl: "https://acme.okta.com/home/amazon_aws/0oa1/272",
  organization: "acme.okta.com",
  user: "j\u00fcrgen",
  accounts: [
    {
      name: "one",
      id: "111111111111",
      nameRaw: "Account: one (111111111111)",
      roles: [
        { arn: "arn:aws:iam::111111111111:role/Dev-Admin", suffix: "Admin" },
        { arn: "arn:aws:iam::111111111111:role/Dev-Audit", suffix: "Audit" },
      ],
    },
    { name: "222222222222", id: "222222222222", nameRaw: "Account: 222222222222", roles: [] },
  ],
};

runPackageChecks("format-json");
runChecks("json", formatChecks(format));

test("credentials are what credential_process wants, in one line", () => {
  const credentials = { accessKeyId: "A", secretAccessKey: "S", sessionToken: "T", expiration: "2099-01-01T00:00:00Z" };
  expect(format.credentials?.(credentials, { variables: {} })).toBe(
    '{"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "T", "Expiration": "2099-01-01T00:00:00Z", "Version": 1}\n',
  );
});

test("roles stand in their accounts, suffixes in their own case, without a newline at the end", () => {
  expect(Array.from(format.roles?.(listing, context) ?? []).join("")).toBe(
    '{"application_url": "https://acme.okta.com/home/amazon_aws/0oa1/272", "accounts": [' +
      '{"name": "one", "id": "111111111111", "name_raw": "Account: one (111111111111)", "roles": [' +
      '{"name": "arn:aws:iam::111111111111:role/Dev-Admin", "suffix": "Admin"}, ' +
      '{"name": "arn:aws:iam::111111111111:role/Dev-Audit", "suffix": "Audit"}]}, ' +
      '{"name": "222222222222", "id": "222222222222", "name_raw": "Account: 222222222222", "roles": []}' +
      '], "user": "j\\u00fcrgen", "organization": "acme.okta.com"}',
  );
});

test("several applications are a list of what is written for each", () => {
  const other = { ...listing, applicationUrl: "https://acme.okta.com/home/amazon_aws/0oa2/272", accounts: [] };
  const write = (...listings: readonly (typeof listing)[]) => Array.from(format.applications?.(listings, context) ?? []).join("");
  const alone = (one: typeof listing) => Array.from(format.roles?.(one, context) ?? []).join("");
  expect([write(), write(listing), write(listing, other)]).toEqual(["[]", `[${alone(listing)}]`, `[${alone(listing)}, ${alone(other)}]`]);
});

test("a listing comes account by account", () => {
  expect(Array.from(format.roles?.(listing, context) ?? [])).toHaveLength(4);
});

test("a text is escaped as Python does it, 0x7f and characters outside ASCII in lower-case hex", () => {
  expect(jsonString('a"b\\c/\u007f\u00e9\u{1f600}\b\f\n\r\t\u0000 ~')).toBe(
    '"a\\"b\\\\c/\\u007f\\u00e9\\ud83d\\ude00\\b\\f\\n\\r\\t\\u0000 ~"',
  );
});

test("any text is ASCII afterwards and reads back", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const json = jsonString(text);
      expect(json).toMatch(/^[ -~]*$/);
      expect(JSON.parse(json)).toBe(text);
    }),
  );
});
