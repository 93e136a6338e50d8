import type { AssertedRole } from "./assertion.ts";
import { matchesGlob } from "./glob.ts";
import type { Account } from "./roles.ts";

/** A way to say which role is meant: an ARN, a name with or without its path, `account/name` with the account's alias or id; or a glob. */
export interface RolePattern {
  readonly text: string;
  readonly account: string | undefined;
  readonly name: string;
  readonly arn: boolean;
}

export function parseRolePattern(text: string): RolePattern {
  const slash = text.indexOf("/");
  if (text.startsWith("arn:") || slash === -1) return { text, account: undefined, name: text, arn: text.startsWith("arn:") };
  return { text, account: text.slice(0, slash), name: text.slice(slash + 1), arn: false };
}

/** Whether the accounts' aliases have to be known before the pattern can be matched. */
export function needsAlias({ account }: RolePattern): boolean {
  return account !== undefined && !/^\d{12}$/.test(account);
}

/** Whether a pattern can only be matched against roles that are known. */
export function isGlob({ text }: RolePattern): boolean {
  return /[*?[]/.test(text);
}

type Matches = (text: string, pattern: string) => boolean;

/**
 * The accounts with only those roles that match, in their order; accounts without any are left out. What is written out means itself, also
 * where it looks like a glob; what means no role of an account may be the path and the name of one.
 */
export function filterRoles(accounts: readonly Account[], pattern: RolePattern, platform: string): readonly Account[] {
  const same: Matches = (text, wanted) => text === wanted;
  const like: Matches = (text, wanted) => text === wanted || matchesGlob(text, wanted, platform);
  const asPath = { ...pattern, account: undefined, name: pattern.text };
  const readings = pattern.account === undefined ? [pattern] : [pattern, asPath];
  for (const reading of readings) {
    for (const matches of [same, like]) {
      const kept = keepRoles(accounts, reading, matches);
      if (kept.length > 0) return kept;
    }
  }
  return [];
}

function keepRoles(accounts: readonly Account[], pattern: RolePattern, matches: Matches): readonly Account[] {
  return accounts
    .filter(({ id, name }) => pattern.account === undefined || matches(id, pattern.account) || matches(name, pattern.account))
    .map((account) => ({ ...account, roles: account.roles.filter((asserted) => matchesRole(asserted, pattern, matches)) }))
    .filter(({ roles }) => roles.length > 0);
}

function matchesRole({ role }: AssertedRole, { name, arn }: RolePattern, matches: Matches): boolean {
  if (arn) return matches(role.arn, name);
  const withPath = role.arn.slice(role.arn.indexOf(":role/") + ":role/".length);
  return matches(role.name, name) || matches(withPath, name);
}
