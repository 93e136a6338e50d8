import { filterRoles, needsAlias, parseRolePattern } from "../aws/role-names.ts";
import type { Account } from "../aws/roles.ts";
import { RefusedError } from "../errors.ts";
import type { Options } from "../options/options.ts";

/**
 * The accounts with only the roles that `--role` means, or all of them where it was not given.
 *
 * @throws RefusedError `ROLE_NOT_OFFERED`
 */
export function namedRoles(accounts: readonly Account[], options: Options, platform: string): readonly Account[] {
  if (options.role === undefined) return accounts;
  const pattern = parseRolePattern(options.role);
  const named = filterRoles(accounts, pattern, platform);
  if (named.length > 0) return named;
  const isNameless = needsAlias(pattern) && accounts.every(({ id, name }) => name === id);
  throw new RefusedError(`you are not offered the role ${options.role} (${options.from("role")})`, {
    code: "ROLE_NOT_OFFERED",
    hint: isNameless ? NAMELESS : "see the roles that you are offered with: aws-okta-processor get-roles",
  });
}

/** Its sign-in page may be down, which is no reason to give up where no name is asked for. */
const NAMELESS = "AWS did not say what your accounts are called: try again later, or write the account's id in place of its name";
