import type { RoleListing } from "@aws-okta-processor/contract";
import type { Account } from "../aws/roles.ts";
import { RefusedError } from "../errors.ts";
import type { Options } from "../options/options.ts";
import { inParallel } from "./in-parallel.ts";
import type { Assertion, Line, Session } from "./line.ts";

/** Applications that are opened at one time: Okta limits how fast a person may ask. */
const AT_ONCE = 10;

/** The same line, cut after the roles. */
export async function getRoles(options: Options, line: Line): Promise<RoleListing> {
  line.loadAhead("pages");
  const session = await line.openSession(options);
  return listApplication(session, options, line);
}

/** The line for every application of the person; one that gives no role is left out and told. */
export async function getRolesOfAll(options: Options, line: Line): Promise<readonly RoleListing[]> {
  line.loadAhead("pages");
  const opened = await line.openSession(options);
  const { session, urls } = await line.listApplications(opened);
  const listings = await inParallel(urls, AT_ONCE, (application) =>
    listApplication(session, { ...options, application }, line).catch((error: unknown) => line.leaveOut(application, error)),
  );
  const given = listings.filter((listing) => listing !== undefined);
  if (given.length > 0) return given;
  throw new RefusedError("none of your AWS applications gives a role that is to be listed", {
    code: "NO_ROLE",
    hint: "each says above why it is left out",
  });
}

async function listApplication(session: Session, options: Options, line: Line): Promise<RoleListing> {
  const assertion = await line.fetchAssertion(session, options);
  // A role that is named narrows the list, and is no reason to go without the accounts' names.
  const accounts = await line.listRoles(assertion, { ...options, role: undefined });
  const wanted = line.narrowRoles(accounts, options);
  return toListing(wanted, assertion, options);
}

function toListing(accounts: readonly Account[], { applicationUrl, session }: Assertion, { roleSuffixDelimiter }: Options): RoleListing {
  return {
    applicationUrl,
    organization: session.org.name,
    user: session.okta.user,
    accounts: accounts.map(({ id, name, nameRaw, roles }) => ({
      id,
      name,
      nameRaw,
      roles: roles.map(({ role }) => ({ arn: role.arn, suffix: role.arn.split(roleSuffixDelimiter).at(-1) ?? role.arn })),
    })),
  };
}
