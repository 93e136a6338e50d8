import type { AssertedRole } from "./assertion.ts";
import { matchesGlob } from "./glob.ts";
import type { Account } from "./roles.ts";

/** A way to say which role is meant: an ARN, a name, `account/name` with the account's alias or id; each may be a glob. */
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

/** The accounts with only those roles that match, in their order; accounts without any are left out. */
export function filterRoles(accounts: readonly Account[], pattern: RolePattern, platform: string): readonly Account[] {
  return accounts
    .filter(
      (account) =>
        pattern.account === undefined || [account.id, account.name].some((name) => matches(name, pattern.account ?? "", platform)),
    )
    .map((account) => ({ ...account, roles: account.roles.filter((asserted) => matchesRole(asserted, pattern, platform)) }))
    .filter(({ roles }) => roles.length > 0);
}

function matchesRole({ role }: AssertedRole, { name, arn }: RolePattern, platform: string): boolean {
  if (arn) return matches(role.arn, name, platform);
  const withPath = role.arn.slice(role.arn.indexOf(":role/") + ":role/".length);
  return matches(role.name, name, platform) || matches(withPath, name, platform);
}

/** What is written out matches itself, also where it looks like a glob. */
function matches(text: string, pattern: string, platform: string): boolean {
  return text === pattern || matchesGlob(text, pattern, platform);
}
