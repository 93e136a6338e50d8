import type { RoleListing } from "@aws-okta-processor/contract";
import type { Options } from "../options/options.ts";
import type { Line } from "./line.ts";

/** The same line, cut after the roles. */
export async function getRoles(options: Options, line: Line): Promise<RoleListing> {
  const session = await line.openSession(options);
  const assertion = await line.fetchAssertion(session, options);
  const accounts = await line.listRoles(assertion, options);
  return {
    applicationUrl: assertion.applicationUrl,
    organization: assertion.session.org.name,
    user: assertion.session.okta.user,
    accounts: accounts.map(({ id, name, nameRaw, roles }) => ({
      id,
      name,
      nameRaw,
      roles: roles.map(({ role }) => ({ arn: role.arn, suffix: role.arn.split(options.roleSuffixDelimiter).at(-1) ?? role.arn })),
    })),
  };
}
