import type { RoleListing } from "@aws-okta-processor/contract";
import { formatChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { format as json } from "../../../plugins/format-json/src/json.ts";
import { format } from "../../../plugins/format-yaml/src/yaml.ts";
import { formatContext } from "../../support/format-context.ts";
import { askPython, pythonWith } from "../../support/python.ts";
import { anyText } from "../any-text.ts";
import { anyListing, someListing } from "../listings.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("format-yaml");
runChecks("yaml", formatChecks(format));

const write = (listing: RoleListing) => Array.from(format.roles?.(listing, formatContext()) ?? []).join("");
const writeAll = (listings: readonly RoleListing[]) => Array.from(format.applications?.(listings, formatContext()) ?? []).join("");
const asJson = (listing: RoleListing): unknown => JSON.parse(Array.from(json.roles?.(listing, formatContext()) ?? []).join(""));

const credentials = { accessKeyId: "A", secretAccessKey: "S/+=", sessionToken: "T", expiration: "2099-01-01T00:00:00Z" };

test("roles stand in their accounts, and every text in quotes", () => {
  expect(write(someListing)).toBe(
    `application_url: "https://acme.okta.com/home/amazon_aws/0oa1/272"
accounts:
  - name: "acme-prod"
    id: "111111111111"
    name_raw: "Account: acme-prod (111111111111)"
    roles:
      - name: "arn:aws:iam::111111111111:role/Dev-Admin"
        suffix: "Admin"
  - name: "Ünï \\"x\\", 日本 "
    id: "222222222222"
    name_raw: "Account: 222222222222"
    roles:
      - name: "arn:aws:iam::222222222222:role/teams/Audit"
        suffix: "arn:aws:iam::222222222222:role/teams/Audit"
  - name: "empty"
    id: "333333333333"
    name_raw: "Account: empty (333333333333)"
    roles: []
user: "jdoe"
organization: "acme.okta.com"
`,
  );
});

test("several applications are a list", () => {
  expect([writeAll([]), parse(writeAll([someListing, someListing]))]).toEqual(["[]\n", [asJson(someListing), asJson(someListing)]]);
});

test("credentials have the names of credential_process", () => {
  expect(format.credentials?.(credentials, { variables: {} })).toBe(
    'AccessKeyId: "A"\nSecretAccessKey: "S/+="\nSessionToken: "T"\nExpiration: "2099-01-01T00:00:00Z"\nVersion: 1\n',
  );
});

test("what a terminal would obey or hide is escaped", () => {
  const text = write({ ...someListing, user: "\u001b[31m\u0085\u009b\u202e\u2028\u200b\u{e0001}\u{1f511}" });
  expect(text).toContain(String.raw`user: "\u001b[31m\u0085\u009b\u202e\u2028\u200b\U000e0001🔑"`);
});

test("whatever the names are, a reader of YAML 1.2 and one of 1.1 find what the JSON says", () => {
  fc.assert(
    fc.property(anyListing, (listing) => {
      const text = write(listing);
      expect(parse(text)).toEqual(asJson(listing));
      expect(parse(text, { version: "1.1" })).toEqual(asJson(listing));
      expect(parse(writeAll([listing]))).toEqual([asJson(listing)]);
    }),
  );
});

test("whatever credentials are, they are read back", () => {
  fc.assert(
    fc.property(fc.tuple(anyText, anyText, anyText, anyText), ([accessKeyId, secretAccessKey, sessionToken, expiration]) => {
      const text = format.credentials?.({ accessKeyId, secretAccessKey, sessionToken, expiration }, { variables: {} }) ?? "";
      const fields = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration };
      expect(parse(text, { version: "1.1" })).toEqual({ ...fields, Version: 1 });
    }),
  );
});

const python = pythonWith("yaml");

test.skipIf(python === undefined)(`and so does Python's${python === undefined ? " (PyYAML is not installed)" : ""}`, () => {
  const listings = fc.sample(anyListing, { numRuns: 100, seed: 5 });
  expect(askPython(new URL("read-yaml.py", import.meta.url), listings.map(write), python)).toEqual(listings.map(asJson));
});
