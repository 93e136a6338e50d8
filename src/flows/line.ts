/** The stations that the flows walk through, and what passes between them. */

import type { AssertedRole } from "../aws/assertion.ts";
import type { Account } from "../aws/roles.ts";
import type { KeptCredentials } from "../cache/credentials.ts";
import type { Org } from "../okta/org.ts";
import type { OktaSession } from "../okta/session.ts";
import type { Options } from "../options/options.ts";
import type { Secret } from "../secret.ts";

export interface Session {
  readonly org: Org;
  readonly okta: OktaSession;
  /** A new sign-in in place of a kept session that Okta no longer honours. */
  readonly renew: () => Promise<Session>;
}

/** A SAML response, and the session and application that it came from. */
export interface Assertion {
  readonly saml: Secret;
  readonly applicationUrl: string;
  readonly session: Session;
}

export interface Line {
  readonly openSession: (options: Options) => Promise<Session>;
  readonly fetchAssertion: (session: Session, options: Options) => Promise<Assertion>;
  readonly listRoles: (assertion: Assertion, options: Options) => Promise<readonly Account[]>;
  readonly chooseRole: (accounts: readonly Account[], options: Options) => Promise<AssertedRole>;
  readonly assumeRole: (role: AssertedRole, assertion: Assertion, options: Options) => Promise<KeptCredentials>;
}
