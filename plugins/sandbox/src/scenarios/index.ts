import type { Account, Application, Role, Scenario, SignInPage } from "../scenario.ts";
import { factorScenarios } from "./factors.ts";
import { hostileScenarios } from "./hostile.ts";
import { manyAccounts } from "./many-accounts.ts";
import { accounts, awsApp, identityCenterApp, wikiApp } from "./parts.ts";
import { standard } from "./standard.ts";
import { stateScenarios } from "./states.ts";
import { stepUpScenarios } from "./step-ups.ts";

const acmeDev: Account = { id: "111122223333", alias: "acme-dev", roles: [{ name: "Developer" }] };
const govRoles: readonly Role[] = [{ name: "Administrator" }, { name: "ReadOnly" }];

/** The scenarios that come with the sandbox, by the name that the command takes. */
export const scenarios = {
  default: standard,
  ...factorScenarios,
  ...stateScenarios,
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
  ...stepUpScenarios,
  "page-legacy-split": page("legacy-split", "A sign-in page with a block for each role."),
  "page-meta-data": page("meta-data", "A sign-in page that a script draws from JSON."),
  "page-interstitial": page("interstitial", "A page of scripts in place of the sign-in page."),
  "page-redirect": page("redirect", "A redirect in place of the sign-in page."),
  "page-error": page("error", "An error in place of the sign-in page."),
  "page-empty": page("empty", "Nothing in place of the sign-in page."),
  ...hostileScenarios,
} satisfies Readonly<Record<string, Scenario>>;

function twoApps(): readonly Application[] {
  return [
    { ...awsApp, label: "AWS Development", accounts: ["111122223333"] },
    { ...awsApp, label: "AWS Production", accounts: accounts.slice(1).map(({ id }) => id) },
  ];
}

function page(signInPage: SignInPage, title: string): Scenario {
  return { ...standard, title, signInPage };
}
