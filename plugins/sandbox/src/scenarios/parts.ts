import type { Account, Application, PushFactor, TotpFactor, User } from "../scenario.ts";

/** What the scenarios that come with the sandbox have in common. */
export const push: PushFactor = { factorType: "push", provider: "OKTA", script: ["WAITING", "SUCCESS"] };

export const oktaTotp: TotpFactor = { factorType: "token:software:totp", provider: "OKTA", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" };

const googleTotp: TotpFactor = { factorType: "token:software:totp", provider: "GOOGLE", secret: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU" };

export const jdoe: User = {
  login: "jdoe@example.com",
  password: "correct horse",
  firstName: "Jane",
  lastName: "Doe",
  factors: [push, oktaTotp, googleTotp],
};

export const awsApp: Application = { label: "AWS Accounts", name: "amazon_aws" };

/** Looks like one for AWS and does not sign in to accounts. */
export const identityCenterApp: Application = { label: "AWS IAM Identity Center", name: "amazon_aws_sso" };

export const wikiApp: Application = { label: "Wiki", name: "example_wiki_1" };

const DEVELOPER = "arn:aws:iam::111122223333:role/Developer";

export const accounts: readonly Account[] = [
  {
    id: "111122223333",
    alias: "acme-dev",
    roles: [
      { name: "Administrator", maxSessionDurationSeconds: 43_200 },
      { name: "Developer", maxSessionDurationSeconds: 14_400 },
      { name: "ReadOnly" },
    ],
  },
  {
    id: "444455556666",
    alias: "acme-prod",
    roles: [{ name: "Developer" }, { name: "ReadOnly" }, { name: "Deployer", federated: false, trusts: [DEVELOPER] }],
  },
  { id: "777788889999", roles: [{ name: "teams/data/Analyst-Reader" }, { name: "Auditor" }] },
];
