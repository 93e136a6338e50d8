import { expect, test } from "vitest";
import { isAwsSignInHost, isLoopback, PARTITIONS, partitionOf } from "../src/partitions.ts";

test.each([
  "signin.aws.amazon.com",
  "us-east-1.signin.aws.amazon.com",
  "signin.amazonaws.cn",
  "signin.amazonaws-us-gov.com",
  "us-gov-west-1.signin.amazonaws-us-gov.com",
  "signin.amazonaws-eusc.eu",
])("%s is a sign-in host of AWS", (host) => {
  expect(isAwsSignInHost(host)).toBe(true);
});

test.each(["aws.amazon.com", "evilsignin.aws.amazon.com", "signin.aws.amazon.com.evil.example", "signin.aws.amazon.co", "", "127.0.0.1"])(
  "%j is none",
  (host) => {
    expect(isAwsSignInHost(host)).toBe(false);
  },
);

test.each(["localhost", "127.0.0.1", "127.255.0.3", "::1", "[::1]"])("%s is this machine", (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each(["127.0.0.1.evil.example", "localhost.evil.example", "128.0.0.1", "1270.0.0.1", "0.0.0.0", "10.0.0.1", ""])(
  "%j is not this machine",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test("an ARN names its partition", () => {
  const names = ["arn:aws:iam::1:role/R", "arn:aws-us-gov:iam::1:role/R", "arn:aws-new:iam::1:role/R", "no ARN"];
  expect(names.map((arn) => partitionOf(arn)?.name)).toEqual(["aws", "aws-us-gov", undefined, undefined]);
});

test("a partition's default region is one of its own and of no other", () => {
  const owners = PARTITIONS.map(({ defaultRegion }) =>
    PARTITIONS.filter(({ region }) => region.test(defaultRegion)).map(({ name }) => name),
  );
  expect(owners).toEqual(PARTITIONS.map(({ name }) => [name]));
});
