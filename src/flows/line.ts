/** The stations that the flows walk through, and what passes between them. */

import type { AssertedRole } from "../aws/assertion.ts";
import type { Account } from "../aws/roles.ts";
import type { KeptCredentials } from "../cache/credentials.ts";
import type { SignInHands } from "../okta/hands.ts";
import type { Org } from "../okta/org.ts";
import type { OktaSession } from "../okta/session.ts";
import type { Options } from "../options/options.ts";
import type { Secret } from "../secret.ts";

export interface Session {
  readonly org: Org;
  readonly okta: OktaSession;
  /** How Okta knows this device again. */
  readonly deviceToken: Secret | undefined;
  /** What proves more, where an application asks for more than the session. */
  readonly hands: SignInHands;
  /** Whether Okta has said that a kept session is gone: to be asked where much depends on it, for one waits until it has said anything. */
  readonly isGone: () => Promise<boolean>;
  /** A new sign-in in place of a kept session that Okta no longer honours. */
  readonly renew: () => Promise<Session>;
}

/** A SAML response, and the session and application that it came from. */
export interface Assertion {
  readonly saml: Secret;
  readonly applicationUrl: string;
  readonly session: Session;
}

/** The role to assume, and the one to assume from it. */
export interface ChosenRole {
  readonly asserted: AssertedRole;
  readonly secondaryArn: string | undefined;
}

/** A session that lists applications, and theirs that federate to AWS. */
export interface ListedApplications {
  readonly session: Session;
  readonly urls: readonly URL[];
}

/** What reads Okta's pages, and what speaks to STS. */
export type Library = "pages" | "sts";

export interface Line {
  /** Has libraries loaded in this order while Okta thinks about the first requests. */
  readonly loadAhead: (...libraries: readonly Library[]) => void;
  readonly openSession: (options: Options) => Promise<Session>;
  readonly listApplications: (session: Session) => Promise<ListedApplications>;
  readonly fetchAssertion: (session: Session, options: Options) => Promise<Assertion>;
  readonly listRoles: (assertion: Assertion, options: Options) => Promise<readonly Account[]>;
  readonly narrowRoles: (accounts: readonly Account[], options: Options) => readonly Account[];
  /** Tells why an application is not listed; throws what is no matter of that application alone. */
  readonly leaveOut: (application: URL, error: unknown) => undefined;
  readonly chooseRole: (accounts: readonly Account[], options: Options) => Promise<ChosenRole>;
  readonly assumeRole: (role: ChosenRole, assertion: Assertion, options: Options) => Promise<KeptCredentials>;
}
