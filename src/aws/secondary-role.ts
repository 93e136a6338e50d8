import type { AssertedRole } from "./assertion.ts";
import { filterRoles, isGlob, parseRolePattern } from "./role-names.ts";
import type { Account } from "./roles.ts";

interface Known {
  readonly accounts: readonly Account[];
  readonly first: AssertedRole;
  readonly platform: string;
}

/**
 * The ARN of the role that is assumed from the first one. It need not be among those that the assertion offers: a bare name is one of the
 * first role's account, `account/name` one of that account; an offered one of that name tells its path. A glob can only mean an offered one.
 *
 * @returns the ARN, or the ARNs that a glob matches where that is not exactly one
 */
export function secondaryRoleArn(wanted: string, { accounts, first, platform }: Known): string | readonly string[] {
  const pattern = parseRolePattern(wanted);
  if (isGlob(pattern)) {
    const matching = filterRoles(accounts, pattern, platform).flatMap(({ roles }) => roles.map(({ role }) => role.arn));
    return matching.length === 1 && matching[0] !== undefined ? matching[0] : matching;
  }
  if (pattern.arn) return wanted;
  const accountId = pattern.account === undefined ? first.role.accountId : accountIdOf(pattern.account, accounts);
  if (accountId === undefined) return [];
  const own = accounts.filter(({ id }) => id === accountId);
  const [offered] = filterRoles(own, { ...pattern, account: undefined }, platform).flatMap(({ roles }) => roles);
  return offered?.role.arn ?? `arn:${first.role.partition}:iam::${accountId}:role/${pattern.name}`;
}

function accountIdOf(account: string, accounts: readonly Account[]): string | undefined {
  return /^\d{12}$/.test(account) ? account : accounts.find(({ name }) => name === account)?.id;
}
