import { type Account, type Scenario, scenarios } from "@aws-okta-processor/sandbox";

const ROLES_PER_ACCOUNT = 10;
const ROLES_PER_APPLICATION = 200;

/** Roles whose assertion has 98,000 of the 100,000 characters that STS takes. */
export const ROLES_AT_CAP = 265;

/** A password is enough, and Okta is never asked too often. */
export const plain: Scenario = { ...scenarios["no-mfa"], rateLimit: 1_000_000 };

/** So many roles, ten in each account, twenty accounts in each application. */
export function manyRoles(size: number): Scenario {
  const accounts = accountsFor(size);
  const perApplication = ROLES_PER_APPLICATION / ROLES_PER_ACCOUNT;
  return withApplications(accounts, Math.ceil(accounts.length / perApplication), perApplication);
}

/** All in one application. */
export function oneApplication(size: number): Scenario {
  const accounts = accountsFor(size);
  return withApplications(accounts, 1, accounts.length);
}

/** An account in each application. */
export function manyApplications(count: number): Scenario {
  return withApplications(accountsFor(count * ROLES_PER_ACCOUNT), count, 1);
}

function accountsFor(size: number): readonly Account[] {
  return Array.from({ length: Math.ceil(size / ROLES_PER_ACCOUNT) }, (_, index) => ({
    id: String(100_000_000_001 + index * 7_654_321).slice(0, 12),
    alias: `team-${index}`,
    roles: Array.from({ length: Math.min(ROLES_PER_ACCOUNT, size - index * ROLES_PER_ACCOUNT) }, (_role, role) => ({
      name: `Engineering-Role-${role}`,
    })),
  }));
}

function withApplications(accounts: readonly Account[], count: number, each: number): Scenario {
  const applications = Array.from({ length: count }, (_, index) => ({
    label: `AWS ${index}`,
    name: "amazon_aws",
    accounts: accounts.slice(index * each, (index + 1) * each).map(({ id }) => id),
  }));
  return { ...plain, accounts, applications };
}
