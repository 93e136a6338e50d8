import { expect, test } from "vitest";
import { stsRegion, stsUrl } from "../../src/aws/sts-region.ts";
import { failureOf } from "../support/failure.ts";

const roleIn = (partition: string) => `arn:${partition}:iam::111111111111:role/Reader`;
const ask = (partition: string, { region, env = {} }: { region?: string; env?: Readonly<Record<string, string>> } = {}) =>
  stsRegion(roleIn(partition), { region, from: "--region", env });

test.each([
  ["aws", "us-east-1", "https://sts.us-east-1.amazonaws.com"],
  ["aws-cn", "cn-north-1", "https://sts.cn-north-1.amazonaws.com.cn"],
  ["aws-us-gov", "us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com"],
  ["aws-eusc", "eusc-de-east-1", "https://sts.eusc-de-east-1.amazonaws.eu"],
  ["aws-iso", "us-iso-east-1", "https://sts.us-iso-east-1.c2s.ic.gov"],
])("where nothing is given, a role of %s is asked for in %s", (partition, region, url) => {
  expect([ask(partition), stsUrl(roleIn(partition), region)]).toEqual([region, url]);
});

test.each([
  ["aws", "eu-central-1", "https://sts.eu-central-1.amazonaws.com"],
  ["aws-cn", "cn-northwest-1", "https://sts.cn-northwest-1.amazonaws.com.cn"],
  ["aws-us-gov", "us-gov-east-1", "https://sts.us-gov-east-1.amazonaws.com"],
])("the region that was given is asked: %s, %s", (partition, region, url) => {
  const env = { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "us-west-2" };
  expect([ask(partition, { region, env }), stsUrl(roleIn(partition), region)]).toEqual([region, url]);
});

test("a region that nobody knows yet is believed", () => {
  expect(ask("aws", { region: "moon-north-1" })).toBe("moon-north-1");
});

test.each([
  ["AWS_REGION alone", { AWS_REGION: "eu-west-1" }, "eu-west-1"],
  ["AWS_DEFAULT_REGION alone", { AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-2"],
  ["AWS_REGION before AWS_DEFAULT_REGION", { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-1"],
  ["AWS_DEFAULT_REGION, where AWS_REGION is empty", { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-2" }, "eu-west-2"],
  [
    "AWS_DEFAULT_REGION, where AWS_REGION is of another partition",
    { AWS_REGION: "cn-north-1", AWS_DEFAULT_REGION: "eu-west-2" },
    "eu-west-2",
  ],
  ["the partition's own, where both are of others", { AWS_REGION: "us-gov-west-1", AWS_DEFAULT_REGION: "cn-north-1" }, "us-east-1"],
  [
    "the partition's own, where it is no region",
    { AWS_REGION: "evil.example/#", AWS_DEFAULT_REGION: "eu-west-1.evil.example" },
    "us-east-1",
  ],
])("where no region is given it is %s", (_, env, region) => {
  expect(ask("aws", { env })).toBe(region);
});

test("a region of the environment that suits another partition does not lead a role away from its own", () => {
  const env = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" };
  expect(["aws-us-gov", "aws-cn", "aws-eusc"].map((partition) => ask(partition, { env }))).toEqual([
    "us-gov-west-1",
    "cn-north-1",
    "eusc-de-east-1",
  ]);
});

test.each([
  ["aws", "cn-north-1", "aws-cn", "us-east-1"],
  ["aws", "us-gov-west-1", "aws-us-gov", "us-east-1"],
  ["aws-cn", "eu-west-1", "aws", "cn-north-1"],
  ["aws-us-gov", "us-east-1", "aws", "us-gov-west-1"],
])("a role of %s is not asked for in %s", async (partition, region, other, own) => {
  expect(await failureOf(() => ask(partition, { region }))).toEqual({
    name: "UsageError",
    code: "REGION_FOREIGN",
    message: `${region} (--region) is a region of ${other}, and ${roleIn(partition)} is a role of ${partition}`,
    hint: `leave the region out, or give one of ${partition}, such as ${own}`,
  });
});
