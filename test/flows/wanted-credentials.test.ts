import { expect, test } from "vitest";
import { credentialFiles } from "../../src/cache/credentials.ts";
import { wantedCredentials } from "../../src/flows/wanted-credentials.ts";
import { optionsFrom } from "../support/options.ts";

test("without options nothing is known but the duration", () => {
  expect(wantedCredentials(optionsFrom())).toEqual({
    organization: null,
    user: null,
    key: null,
    application: null,
    role: null,
    secondaryRole: null,
    accountAlias: null,
    partition: null,
    durationSeconds: 3600,
    encrypted: false,
  });
});

test("whatever changes the answer is part of what is wanted", () => {
  const flags = {
    organization: "https://acme.okta.com/",
    user: "jdoe",
    key: "k",
    application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
    role: "one",
    "secondary-role": "two",
    "account-alias": "acme-*",
    region: "us-gov-west-1",
    duration: "900",
  };
  expect(wantedCredentials(optionsFrom(flags))).toEqual({
    organization: "acme.okta.com",
    user: "jdoe",
    key: "k",
    application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
    role: "one",
    secondaryRole: "two",
    accountAlias: "acme-*",
    partition: "aws-us-gov",
    durationSeconds: 900,
    encrypted: false,
  });
});

test("an empty key is another one than none", () => {
  expect([wantedCredentials(optionsFrom({}, { env: { AWS_OKTA_KEY: "" } })).key, wantedCredentials(optionsFrom()).key]).toEqual(["", null]);
});

test.each([
  ["eu-west-1", "aws"],
  ["us-east-1", "aws"],
  ["us-gov-east-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
  ["us-iso-east-1", "aws-iso"],
  ["xx-nowhere-1", null],
])("of the region %s the partition is what matters: %s", (region, partition) => {
  expect(wantedCredentials(optionsFrom({ region })).partition).toBe(partition);
});

test("what is kept encrypted is asked for otherwise, and under the same names", () => {
  const [plain, encrypted] = [{}, { "cache-encryption": "keychain" }].map((flags) => wantedCredentials(optionsFrom(flags)));
  if (plain === undefined || encrypted === undefined) throw new Error("nothing is wanted");
  expect(encrypted).toEqual({ ...plain, encrypted: true });
  expect(credentialFiles("/home/jdoe", encrypted)).toEqual(credentialFiles("/home/jdoe", plain));
});

test("how it is printed, and by which factor one signs in, changes no answer", () => {
  const flags = {
    environment: true,
    "target-shell": "fish",
    factor: "push:okta",
    silent: true,
    "no-okta-cache": true,
    pass: "x",
    "sign-in-url": "https://signin.aws.amazon.com/saml",
  };
  expect(wantedCredentials(optionsFrom(flags))).toEqual(wantedCredentials(optionsFrom()));
});
