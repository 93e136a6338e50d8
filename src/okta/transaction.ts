import type { EnrolledFactor } from "@aws-okta-processor/contract";
import type { Secret } from "../secret.ts";

/** A factor as offered, with the link that only the host may use. */
export interface OfferedFactor extends EnrolledFactor {
  readonly id: string;
  readonly verifyUrl: string;
}

/**
 * The states of a sign-in, each with its ways on.
 *
 * @see https://developer.okta.com/docs/reference/api/authn/#transaction-state
 */
export type Transaction =
  | Success
  | Required
  | Challenge
  | { readonly status: "PASSWORD_WARN"; readonly stateToken: Secret; readonly daysLeft: number | undefined; readonly skipUrl: string }
  | Expired
  | { readonly status: "LOCKED_OUT" }
  /** Without `skipUrl` Okta insists. */
  | { readonly status: "MFA_ENROLL"; readonly stateToken: Secret; readonly skipUrl: string | undefined }
  | { readonly status: "MFA_ENROLL_ACTIVATE"; readonly stateToken: Secret }
  | { readonly status: "POLL"; readonly stateToken: Secret; readonly pollUrl: string; readonly afterMs: number }
  | { readonly status: "UNAUTHENTICATED"; readonly stateToken: Secret; readonly authenticateUrl: string }
  | { readonly status: "OTHER"; readonly name: string; readonly stateToken: Secret | undefined };

/** The token is for a session; the link goes on where a step-up began. With neither, the cookies are the session. */
export interface Success {
  readonly status: "SUCCESS";
  readonly sessionToken: Secret | undefined;
  readonly onwardUrl: string | undefined;
}

export interface Required {
  readonly status: "MFA_REQUIRED";
  readonly stateToken: Secret;
  readonly factors: readonly OfferedFactor[];
  /** Whether the org's policy lets a device be remembered. */
  readonly mayRemember: boolean;
}

export interface Challenge {
  readonly status: "MFA_CHALLENGE";
  readonly stateToken: Secret;
  readonly factorResult: string | undefined;
  readonly challenge: unknown;
  /** Those that may answer. */
  readonly factors: readonly EnrolledFactor[];
  /** What the next link is for: `verify`, `poll`, `redirect`. */
  readonly next: string | undefined;
  readonly nextUrl: string;
  readonly resendUrl: string | undefined;
  readonly previousUrl: string | undefined;
}

export interface Expired {
  readonly status: "PASSWORD_EXPIRED";
  readonly stateToken: Secret;
  /** Undefined where the password is not Okta's to change. */
  readonly changeUrl: string | undefined;
  /** Where it can be changed instead; to be shown and never to be asked. */
  readonly elsewhereUrl: string | undefined;
  /** What the org demands of a password, in words. */
  readonly rules: string | undefined;
}
