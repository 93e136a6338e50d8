import { type AssertedRole, parseAssertedRoles } from "../../aws/assertion.ts";
import { needsAlias, parseRolePattern } from "../../aws/role-names.ts";
import { filterAccounts, groupByAccount } from "../../aws/roles.ts";
import { fetchAccountAliases } from "../../aws/sign-in-page.ts";
import { UsageError } from "../../errors.ts";
import type { Options } from "../../options/options.ts";
import { cleanText } from "../../terminal/clean.ts";
import type { Line } from "../line.ts";
import type { Parts } from "../parts.ts";

/** The roles of the assertion, under the names that the AWS sign-in page gives to accounts. */
export function createListRoles({ send, world }: Parts): Line["listRoles"] {
  const warn = (sentence: string) => world.writeDiagnosis(`warning: ${cleanText(sentence)}\n`);
  return async ({ saml }, options) => {
    const roles = await parseAssertedRoles(saml);
    const partition = roles[0]?.role.partition ?? "aws";
    const aliases = needsNames(roles, options)
      ? await fetchAccountAliases(send, saml, { url: options.signInUrl, partition, warn })
      : new Map<string, string>();
    const accounts = filterAccounts(groupByAccount(roles, aliases), options.accountAlias, world.platform);
    if (accounts.length > 0) return accounts;
    throw new UsageError(`no account matches ${JSON.stringify(options.accountAlias)} (${options.from("account-alias")})`, {
      code: "NO_ACCOUNT",
      hint: "see all of them with: aws-okta-processor get-roles",
    });
  };
}

/** For a single role the page leads straight to the console, and a role that is known needs no names. */
function needsNames(roles: readonly AssertedRole[], options: Options): boolean {
  if (roles.length === 1) return false;
  if (options.role === undefined || options.accountAlias !== undefined) return true;
  return [options.role, options.secondaryRole].some((name) => name !== undefined && needsAlias(parseRolePattern(name)));
}
