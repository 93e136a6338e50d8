import type { KeptCredentials } from "../cache/credentials.ts";
import type { Options } from "../options/options.ts";
import type { Line } from "./line.ts";

/** The program, in the order it happens. */
export async function authenticate(options: Options, line: Line): Promise<KeptCredentials> {
  line.loadAhead("pages", "sts");
  const session = await line.openSession(options);
  const assertion = await line.fetchAssertion(session, options);
  const accounts = await line.listRoles(assertion, options);
  const role = await line.chooseRole(accounts, options);
  return line.assumeRole(role, assertion, options);
}
