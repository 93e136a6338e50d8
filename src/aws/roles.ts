import type { AssertedRole } from "./assertion.ts";
import { matchesGlob } from "./glob.ts";
import type { AccountAliases } from "./sign-in-page.ts";

/** An account with the roles that one may assume in it, in the assertion's order. */
export interface Account {
  readonly id: string;
  /** The alias, or the id where there is none. */
  readonly name: string;
  /** As the AWS sign-in page writes it. */
  readonly nameRaw: string;
  readonly roles: readonly AssertedRole[];
}

/** Groups roles by account, in the order in which accounts first appear. */
export function groupByAccount(roles: readonly AssertedRole[], aliases: AccountAliases): readonly Account[] {
  const groups = new Map<string, AssertedRole[]>();
  for (const asserted of roles) {
    const group = groups.get(asserted.role.accountId) ?? [];
    group.push(asserted);
    groups.set(asserted.role.accountId, group);
  }
  return [...groups].map(([id, members]) => ({ id, ...nameAccount(id, aliases.get(id)), roles: members }));
}

/** @param glob as Python's fnmatch reads it, matched against the alias, or the id where there is none */
export function filterAccounts(accounts: readonly Account[], glob: string | undefined, platform: string): readonly Account[] {
  return glob === undefined ? accounts : accounts.filter((account) => matchesGlob(account.name, glob, platform));
}

function nameAccount(id: string, alias: string | undefined): { name: string; nameRaw: string } {
  return alias === undefined ? { name: id, nameRaw: `Account: ${id}` } : { name: alias, nameRaw: `Account: ${alias} (${id})` };
}
