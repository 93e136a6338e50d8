import { expect, test } from "vitest";
import { secondaryRoleArn } from "../../src/aws/secondary-role.ts";
import { accountsOf, asserted } from "../support/roles.ts";

const FIRST = "arn:aws:iam::111111111111:role/Developer";
const READER = "arn:aws:iam::222222222222:role/Reader";
const AUDITOR = "arn:aws:iam::222222222222:role/Auditor";
const ANALYST = "arn:aws:iam::222222222222:role/teams/data/Analyst";
const ACCOUNTS = accountsOf([FIRST, READER, AUDITOR, ANALYST, "arn:aws:iam::333333333333:role/Reader"], {
  "111111111111": "acme-dev",
  "222222222222": "acme-prod",
});

const find = (wanted: string, first = FIRST) => secondaryRoleArn(wanted, { accounts: ACCOUNTS, first: asserted(first), platform: "linux" });

test.each([
  [
    "an ARN is itself, whoever offers it",
    "arn:aws:iam::999999999999:role/some/path/Deployer",
    "arn:aws:iam::999999999999:role/some/path/Deployer",
  ],
  ["an ARN of another kind is not judged here", "arn:aws:iam::999999999999:user/jdoe", "arn:aws:iam::999999999999:user/jdoe"],
  ["a name is one of the first role's account", "Deployer", "arn:aws:iam::111111111111:role/Deployer"],
  ["a name with a comma", "Ops,Night", "arn:aws:iam::111111111111:role/Ops,Night"],
  ["a name that another account offers is still one of the first role's", "Reader", "arn:aws:iam::111111111111:role/Reader"],
  ["an alias and a name", "acme-prod/Deployer", "arn:aws:iam::222222222222:role/Deployer"],
  ["an id and a name", "222222222222/Deployer", "arn:aws:iam::222222222222:role/Deployer"],
  ["the id of an account that offers nothing", "999999999999/Deployer", "arn:aws:iam::999999999999:role/Deployer"],
  ["an account and a name with its path", "acme-prod/ops/Deployer", "arn:aws:iam::222222222222:role/ops/Deployer"],
  ["the name of an offered role, whose path is known", "acme-prod/Analyst", ANALYST],
  ["a glob that one offered role matches", "*/Audit*", AUDITOR],
  ["a glob of accounts", "*-prod/Reader", READER],
  ["a glob of ARNs", "arn:aws:iam::2*:role/R*", READER],
])("%s: %s", (_, wanted, arn) => {
  expect(find(wanted)).toBe(arn);
});

test("a name stays in the partition of the first role", () => {
  expect(find("Deployer", "arn:aws-us-gov:iam::123123123123:role/Developer")).toBe("arn:aws-us-gov:iam::123123123123:role/Deployer");
});

test.each([
  ["an account that nobody knows", "acme-test/Deployer", []],
  ["a glob that nothing matches", "Deploy*", []],
  ["a glob that several match", "Read*", [READER, "arn:aws:iam::333333333333:role/Reader"]],
])("%s is no ARN: %s", (_, wanted, arns) => {
  expect(find(wanted)).toEqual(arns);
});
