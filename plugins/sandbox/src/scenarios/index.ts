import type { Account, Application, Factor, Role, Scenario, SignInPage, User } from "../scenario.ts";
import { manyAccounts } from "./many-accounts.ts";
import { accounts, awsApp, identityCenterApp, jdoe, oktaTotp, push, wikiApp } from "./parts.ts";
import { standard } from "./standard.ts";

const acmeDev: Account = { id: "111122223333", alias: "acme-dev", roles: [{ name: "Developer" }] };
const govRoles: readonly Role[] = [{ name: "Administrator" }, { name: "ReadOnly" }];

/** The scenarios that come with the sandbox, by the name that the command takes. */
export const scenarios = {
  default: standard,
  "no-mfa": { ...standard, title: "Password alone.", users: [withFactors()] },
  "push-manual": {
    ...standard,
    title: "A push that waits until someone approves it.",
    users: [withFactors({ ...push, script: "manual" })],
  },
  "push-rejected": {
    ...standard,
    title: "A push that is rejected on the second poll.",
    users: [withFactors({ ...push, script: ["WAITING", "REJECTED"] })],
  },
  "push-timeout": { ...standard, title: "A push that nobody answers.", users: [withFactors({ ...push, script: ["WAITING", "TIMEOUT"] })] },
  "number-challenge": { ...standard, title: "A push that asks for the number 30.", users: [withFactors(numbered(30))] },
  "number-challenge-zero": { ...standard, title: "A push that asks for the number 0.", users: [withFactors(numbered(0))] },
  "two-devices": {
    ...standard,
    title: "Two phones with Okta Verify; the first rejects.",
    users: [withFactors({ ...push, script: ["WAITING", "REJECTED"], device: "old phone" }, { ...push, device: "new phone" })],
  },
  "totp-only": { ...standard, title: "A code from Okta Verify, and nothing else.", users: [withFactors(oktaTotp)] },
  "no-supported-factor": {
    ...standard,
    title: "Factors that cannot be used.",
    users: [
      withFactors(
        { factorType: "claims_provider", provider: "CUSTOM", vendorName: "Example IdP" },
        { factorType: "u2f", provider: "FIDO" },
      ),
    ],
  },
  "locked-out": {
    ...standard,
    title: "An account that is locked, and says so.",
    users: [{ ...jdoe, locked: true }],
    lockout: { shown: true },
  },
  "locked-out-hidden": {
    ...standard,
    title: "An account that is locked, and looks like a wrong password.",
    users: [{ ...jdoe, locked: true }],
  },
  "two-applications": { ...standard, title: "Two apps for AWS accounts.", applications: [wikiApp, ...twoApps()] },
  "no-application": { ...standard, title: "Apps, none of them for AWS accounts.", applications: [wikiApp, identityCenterApp] },
  "many-roles": { ...standard, title: "270 roles in 30 accounts.", accounts: manyAccounts(30) },
  "too-many-roles": { ...standard, title: "So many roles that STS refuses the assertion for its length.", accounts: manyAccounts(50) },
  "single-role": { ...standard, title: "One role, for which AWS shows no page.", accounts: [acmeDev] },
  "no-roles": { ...standard, title: "An app that names no role.", accounts: [] },
  "role-first": {
    ...standard,
    title: "Role values that name the role before the provider.",
    applications: [{ ...awsApp, pairOrder: "role" }],
  },
  govcloud: {
    ...standard,
    title: "Accounts in AWS GovCloud (US).",
    accounts: [
      { id: "123123123123", alias: "acme-gov", partition: "aws-us-gov", roles: govRoles },
      { id: "321321321321", partition: "aws-us-gov", roles: govRoles },
    ],
  },
  "app-redirect": {
    ...standard,
    title: "An app link that sends the client on inside the org.",
    applications: [{ ...awsApp, page: "redirect" }],
  },
  "signed-out-redirect": { ...standard, title: "An app link that sends the signed-out to the sign-in page.", signedOut: "redirect" },
  "page-legacy-split": page("legacy-split", "A sign-in page with a block for each role."),
  "page-meta-data": page("meta-data", "A sign-in page that a script draws from JSON."),
  "page-interstitial": page("interstitial", "A page of scripts in place of the sign-in page."),
  "page-redirect": page("redirect", "A redirect in place of the sign-in page."),
  "page-error": page("error", "An error in place of the sign-in page."),
  "page-empty": page("empty", "Nothing in place of the sign-in page."),
} satisfies Readonly<Record<string, Scenario>>;

function withFactors(...factors: readonly Factor[]): User {
  return { ...jdoe, factors };
}

function numbered(correctAnswer: number): Factor {
  return { ...push, script: ["WAITING", { correctAnswer }, { correctAnswer }, "SUCCESS"] };
}

function twoApps(): readonly Application[] {
  return [
    { ...awsApp, label: "AWS Development", accounts: ["111122223333"] },
    { ...awsApp, label: "AWS Production", accounts: accounts.slice(1).map(({ id }) => id) },
  ];
}

function page(signInPage: SignInPage, title: string): Scenario {
  return { ...standard, title, signInPage };
}
