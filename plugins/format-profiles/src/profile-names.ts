import type { ListedAccount, ListedRole } from "@aws-okta-processor/contract";

export interface NamedRole {
  /** Of the profile. */
  readonly name: string;
  readonly arn: string;
  readonly accountName: string;
}

/** The name that the person wants for a role. */
export type NameRole = (account: ListedAccount, role: RoleParts) => string;

export interface NameRules {
  readonly nameRole: NameRole | undefined;
  /** Takes out of a name what the file cannot carry. */
  readonly slug: (text: string) => string;
}

export interface RoleParts {
  readonly name: string;
  readonly suffix: string;
}

/**
 * Gives each role a profile of its own name, in the order of the listing; the order decides nothing else.
 *
 * A role is called `account-suffix`. Roles that share a name are called `account-role`, and if that is shared too `account-id-role`; where
 * the person names them, these stand behind the name that is shared. Where a renamed role meets one that has the name without having been renamed, that one keeps it.
 *
 * @throws Error when even the last form is shared
 */
export function nameProfiles(accounts: readonly ListedAccount[], rules: NameRules): readonly NamedRole[] {
  let roles = candidatesOf(accounts, rules);
  for (let clashing = findClashing(roles); clashing.size > 0; clashing = findClashing(roles)) {
    roles = roles.map((role) => (clashing.has(role) ? rename(role) : role));
  }
  return roles.map(({ names, level, arn, accountName }) => ({ name: names[level] ?? "", arn, accountName }));
}

/**
 * What SDKs accept in the name of a profile, and the `=` and `,` that IAM allows in the name of a role; anything else is a dash. One name is
 * special to JavaScript, whose SDK then reads none of them.
 */
export function slug(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_/.%@:+=,-]+/g, "-").replace(/^__proto__$/, "-proto-");
}

/**
 * The same for the config file, where a name stands behind the word `profile`, and some SDKs know no `=` and `,`.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function slugForConfig(text: string): string {
  return slug(text).replaceAll(/[=,]+/g, "-");
}

interface Candidate {
  /** From the original's name to the most exact one. */
  readonly names: readonly string[];
  readonly level: number;
  readonly arn: string;
  readonly accountName: string;
}

/** A role that the listing has twice is one. */
function candidatesOf(accounts: readonly ListedAccount[], rules: NameRules): readonly Candidate[] {
  const seen = new Map<string, Candidate>();
  for (const candidate of accounts.flatMap((account) => account.roles.map((role) => candidateOf(account, role, rules)))) {
    if (!seen.has(candidate.arn)) seen.set(candidate.arn, candidate);
  }
  return Array.from(seen.values());
}

function candidateOf(account: ListedAccount, role: ListedRole, { nameRole, slug }: NameRules): Candidate {
  const name = role.arn.slice(role.arn.lastIndexOf("/") + 1);
  // A suffix with a colon reaches out of the role's name into the ARN: the delimiter is not in the name.
  const suffix = role.suffix.includes(":") ? name : role.suffix;
  const names =
    nameRole === undefined ? usualNames(account, { name, suffix }) : wantedNames(account, nameRole(account, { name, suffix }), name);
  return { names: names.map(slug), level: 0, arn: role.arn, accountName: account.name };
}

function usualNames(account: ListedAccount, { name, suffix }: RoleParts): readonly string[] {
  return [
    `${account.name}-${suffix.toLowerCase()}`,
    `${account.name}-${name.toLowerCase()}`,
    `${account.name}-${account.id}-${name.toLowerCase()}`,
  ];
}

function wantedNames(account: ListedAccount, wanted: string, name: string): readonly string[] {
  return [wanted, `${wanted}-${name}`, `${wanted}-${account.id}-${name}`];
}

function findClashing(roles: readonly Candidate[]): ReadonlySet<Candidate> {
  const sharing = new Map<string | undefined, Candidate[]>();
  for (const role of roles) {
    const name = role.names[role.level];
    const others = sharing.get(name);
    if (others === undefined) sharing.set(name, [role]);
    else others.push(role);
  }
  return new Set(Array.from(sharing.values()).flatMap(whoGivesWay));
}

function whoGivesWay(sharing: readonly Candidate[]): readonly Candidate[] {
  if (sharing.length < 2) return [];
  const original = sharing.filter(({ level }) => level === 0);
  return original.length === 1 ? sharing.filter(({ level }) => level > 0) : sharing;
}

function rename(role: Candidate): Candidate {
  const level = role.level + 1;
  if (level === role.names.length) throw new Error(`two roles of the listing cannot be told apart as profiles: ${slug(role.arn)}`);
  return { ...role, level };
}
