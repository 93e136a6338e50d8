import { expect, test } from "vitest";
import { parseIamArn } from "../../src/aws/arn.ts";

test.each([
  ["arn:aws:iam::111122223333:role/Developer", { partition: "aws", accountId: "111122223333", kind: "role", name: "Developer" }],
  [
    "arn:aws-cn:iam::111122223333:role/teams/data/A.b_c+d=e,f@g-h",
    { partition: "aws-cn", accountId: "111122223333", kind: "role", name: "A.b_c+d=e,f@g-h" },
  ],
  [
    "arn:aws-us-gov:iam::000000000001:saml-provider/okta",
    { partition: "aws-us-gov", accountId: "000000000001", kind: "saml-provider", name: "okta" },
  ],
  ["arn:aws:iam::111122223333:role/a:b/c", { partition: "aws", accountId: "111122223333", kind: "role", name: "c" }],
])("%s is taken apart", (text, parts) => {
  expect(parseIamArn(text)).toEqual({ arn: text, ...parts });
});

test.each([
  "",
  "Developer",
  "arn:aws:iam::111122223333:user/jdoe",
  "arn:aws:sts::111122223333:assumed-role/Developer/jdoe",
  "arn:aws:iam::1:role/Developer",
  "arn:aws:iam::1111222233334:role/Developer",
  "arn:aws:iam:us-east-1:111122223333:role/Developer",
  "arn:aws:iam::111122223333:role/",
  "arn:aws:iam::111122223333:role/a/",
  "arn:aws:iam::111122223333:role/De veloper",
  "arn:aws:iam::111122223333:role/De\u001b[2Jveloper",
  "arn:aws:iam::111122223333:role/Entwickler\u00fc",
  " arn:aws:iam::111122223333:role/Developer",
  "arn:aws:iam::111122223333:role/Developer\n",
  "arn:aws:iam::111122223333:role/a\nb/Developer",
  "arn:AWS:iam::111122223333:role/Developer",
])("%j is no ARN of a role or a provider", (text) => {
  expect(parseIamArn(text)).toBe(undefined);
});
