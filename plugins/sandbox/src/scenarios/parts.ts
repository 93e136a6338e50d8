import type { Account, Application, CodeFactor, Factor, PushFactor, QuestionFactor, SentFactor, TotpFactor, User } from "../scenario.ts";

/** What the scenarios that come with the sandbox have in common. */
export const push: PushFactor = { factorType: "push", provider: "OKTA", script: ["WAITING", "SUCCESS"] };

export const oktaTotp: TotpFactor = { factorType: "token:software:totp", provider: "OKTA", secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" };

export const googleTotp: TotpFactor = { factorType: "token:software:totp", provider: "GOOGLE", secret: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU" };

export const sms: SentFactor = { factorType: "sms", provider: "OKTA", to: "+1 XXX-XXX-0199" };

export const call: SentFactor = { factorType: "call", provider: "OKTA", to: "+1 XXX-XXX-0123" };

export const email: SentFactor = { factorType: "email", provider: "OKTA", to: "j...e@example.com" };

export const question: QuestionFactor = {
  factorType: "question",
  provider: "OKTA",
  question: "first_computer",
  questionText: "What was your first computer?",
  answer: "abacus",
};

/** 44 letters, as the key types them; the Enter that follows is not part of them. */
export const yubikey: CodeFactor = {
  factorType: "token:hardware",
  provider: "YUBICO",
  profile: { credentialId: "000000012345" },
  codes: ["cccccccfhcbelrhifnjrrddcgrburluurftrgfdrdifj", "cccccccfhcbegnivtthbuvnvdeejlibilkgeucdtlkhg"],
};

export const jdoe: User = {
  login: "jdoe@example.com",
  password: "correct horse",
  firstName: "Jane",
  lastName: "Doe",
  factors: [push, oktaTotp, googleTotp],
};

/** Jane with these factors, one after the other. */
export function withFactors(...factors: readonly Factor[]): User {
  return { ...jdoe, factors };
}

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
