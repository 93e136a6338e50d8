import type { Factor } from "./scenario-factors.ts";
import type { AppPolicy, Hostility, LockedReply, RememberDevice, States, StepUpForm } from "./scenario-states.ts";

export type * from "./scenario-factors.ts";
export type * from "./scenario-states.ts";

/** What a sandbox plays: plain data, so that one may be written as a JSON file. */
export interface Scenario {
  /** One sentence for the reader of a list. */
  readonly title: string;
  readonly users: readonly User[];
  /** All are assigned to every user. */
  readonly applications: readonly Application[];
  readonly accounts: readonly Account[];
  readonly signInPage: SignInPage;
  /** What an app link gives to someone without a session; `page` when absent. */
  readonly signedOut?: "page" | "redirect";
  /** Classic Engine, or Identity Engine; `v1` when absent. */
  readonly pipeline?: "v1" | "idx";
  readonly lockout?: Partial<Lockout>;
  readonly lifetimes?: Partial<Lifetimes>;
  /** Requests a minute and endpoint; 600 when absent. */
  readonly rateLimit?: number;
  readonly faults?: readonly Fault[];
  /** How far its clock is ahead of this machine's; behind it when less than 0. */
  readonly clockOffsetSeconds?: number;
  /** Where a factor is asked for; `sign-in` when absent. */
  readonly factorAt?: "sign-in" | "app";
  /** How the states of a factor begin: `MFA_REQUIRED`, `FACTOR_REQUIRED`; `MFA` when absent. */
  readonly stateNames?: "MFA" | "FACTOR";
  /** How soon after a push the next one is refused; 0 when absent. */
  readonly pushGapMs?: number;
  /** No device is remembered when absent. */
  readonly rememberDevice?: RememberDevice;
  readonly hostile?: readonly Hostility[];
}

export interface User extends States {
  /** What stands before its `@` is accepted too. */
  readonly login: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly factors: readonly Factor[];
  readonly locked?: boolean;
}

export interface Application {
  readonly label: string;
  /** Okta's `appName`: `amazon_aws` signs in to AWS accounts, everything else does not. */
  readonly name: string;
  /** Ids of the accounts whose roles its assertion names; all when absent. */
  readonly accounts?: readonly string[];
  /** The assertion's SessionDuration attribute. */
  readonly sessionDurationSeconds?: number;
  /** What stands first in a Role value; `provider` when absent. */
  readonly pairOrder?: "provider" | "role";
  readonly hidden?: boolean;
  /** Whether its link answers at once or sends the client on inside the org; `form` when absent. */
  readonly page?: "form" | "redirect";
  /** Nothing beyond the session when absent. */
  readonly policy?: AppPolicy;
  readonly stepUp?: StepUpForm;
}

export interface Account {
  readonly id: string;
  readonly alias?: string;
  /** `aws` when absent. */
  readonly partition?: string;
  readonly roles: readonly Role[];
}

export interface Role {
  /** May hold a path: `teams/data/Reader`. */
  readonly name: string;
  /** 3600 when absent. */
  readonly maxSessionDurationSeconds?: number;
  /** Whether the assertion names it; true when absent. */
  readonly federated?: boolean;
  /** ARNs of the roles that may assume it. */
  readonly trusts?: readonly string[];
}

export type SignInPage = "legacy" | "legacy-split" | "meta-data" | "interstitial" | "redirect" | "error" | "empty";

export interface Lockout {
  readonly wrongPasswords: number;
  readonly wrongCodes: number;
  /** Whether a locked person is told so, or gets the reply to a wrong password. */
  readonly shown: boolean;
  readonly reply: LockedReply;
}

export interface Lifetimes {
  /** Sliding: each request of the transaction starts it anew. */
  readonly stateTokenSeconds: number;
  readonly sessionTokenSeconds: number;
  readonly pushSeconds: number;
  readonly sessionSeconds: number;
  readonly assertionSeconds: number;
}

/**
 * Something goes wrong at an endpoint. With a `status` its reply is another, and the endpoint itself does nothing; without one it does its
 * work, and its own reply suffers what `wire` says.
 */
export interface Fault {
  /** `POST /api/v1/authn`, `sts AssumeRoleWithSAML`, or a server alone; `*` stands for one step of a path. */
  readonly on: string;
  /** How often; always when absent. */
  readonly times?: number;
  /** How many calls pass first. */
  readonly after?: number;
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Shorthand for X-Rate-Limit-Reset so many seconds from now, with nothing remaining. */
  readonly rateLimitResetSeconds?: number;
  readonly body?: string;
  /** In place of a body: so many mebibytes of spaces. */
  readonly mebibytes?: number;
  /** The body is packed so, the first one first, as Content-Encoding says. */
  readonly encodings?: readonly Encoding[];
  readonly wire?: Wire;
}

export type Encoding = "gzip" | "deflate" | "br" | "zstd";

/**
 * What happens to a reply on its way:
 * - `reset`: the connection is reset in its place
 * - `hang`: it never comes
 * - `trickle`: its body comes by a byte a second
 * - `cut`: the connection ends in the middle of its body
 * - `said-shorter`: Content-Length says half of it, and all of it comes
 * - `said-longer`: Content-Length says twice as much
 * - `last`: it arrives, and from then on the server refuses every connection
 */
export type Wire = "reset" | "hang" | "trickle" | "cut" | "said-shorter" | "said-longer" | "last";
