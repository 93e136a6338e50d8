import { filterRoles, parseRolePattern } from "../aws/role-names.ts";
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
  const named = filterRoles(accounts, parseRolePattern(options.role), platform);
  if (named.length > 0) return named;
  throw new RefusedError(`you are not offered the role ${options.role} (${options.from("role")})`, {
    code: "ROLE_NOT_OFFERED",
    hint: "see the roles that you are offered with: aws-okta-processor get-roles",
  });
}
