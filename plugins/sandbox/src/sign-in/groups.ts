import { roleArn } from "../arn.ts";
import type { Assertion, Aws } from "../sts/aws.ts";

/** An account as the page shows it, with those of its roles that the assertion names. */
export interface RoleGroup {
  readonly id: string;
  readonly alias: string | undefined;
  readonly roles: readonly { readonly arn: string; readonly name: string }[];
}

export function groupRoles(aws: Aws, assertion: Assertion): readonly RoleGroup[] {
  const named = new Set(assertion.pairs.map((pair) => pair.roleArn));
  const groups = aws.scenario.accounts.map((account) => ({
    id: account.id,
    alias: account.alias,
    roles: account.roles.map((role) => ({ arn: roleArn(account, role), name: role.name })).filter(({ arn }) => named.has(arn)),
  }));
  return groups.filter(({ roles }) => roles.length > 0);
}

export function nameOf(group: RoleGroup): string {
  return group.alias === undefined ? group.id : `${group.alias} (${group.id})`;
}
