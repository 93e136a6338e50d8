import { after } from "../clock.ts";
import { type Reply, readCookies } from "../http/message.ts";
import { type Fields, textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import { randomBase32, randomId } from "./ids.ts";
import type { App, Device, Enrolled, Org, Person, Session } from "./org.ts";
import type { PushChallenge } from "./push.ts";
import type { Visit } from "./route.ts";
import { viewLockedOut } from "./views.ts";

/** What a sign-in has to pass; `state` is the one that a scenario plays. */
export type Station = "poll" | "state" | "factor" | "enrol" | "password";

export interface Transaction {
  readonly stateToken: string;
  readonly person: Person;
  /** How the person has proved themselves so far, as a session's `amr` says it. */
  readonly methods: string[];
  /** The session and the app that it is for; nothing where it is a sign-in. */
  readonly stepUp: StepUp | undefined;
  /** What is still to be passed, the present one first. */
  ahead: readonly Station[];
  status: string;
  expiresAt: Date;
  challenge: Challenge | undefined;
  polls: number;
  /** Before it no poll is heard. */
  pollAt: Date;
  /** The factor that is being enrolled. */
  enrolling: Enrolling | undefined;
}

export interface StepUp {
  readonly session: Session;
  readonly app: App;
  /** The path that asked for it. */
  readonly returnTo: string;
}

export interface Enrolling {
  readonly id: string;
  readonly secret: string;
}

/** A factor that is being verified, and how the reply tells of it. */
export interface Challenge {
  readonly enrolled: Enrolled;
  /** All that may answer. */
  readonly choices: readonly Enrolled[];
  readonly byType: boolean;
  /** `_links.next`; without a `href` that of the verification. */
  readonly next: { readonly name: "verify" | "poll" } | { readonly name: "redirect"; readonly href: string };
  /** What the factor's `_embedded.challenge` holds. */
  readonly shown: Readonly<Record<string, unknown>> | undefined;
  readonly factorResult: string | undefined;
  readonly push: PushChallenge | undefined;
  readonly canResend: boolean;
  /** Whether the next code answers what the token's server asked. */
  readonly inDialogue: boolean;
}

/** The transaction of a `stateToken`, if it is alive; to ask for it is to keep it alive. */
export function findTransaction(org: Org, fields: Fields): Transaction | undefined {
  const transaction = org.transactions.get(textOf(fields, "stateToken") ?? "");
  if (transaction === undefined || transaction.expiresAt <= org.clock.now()) return undefined;
  transaction.expiresAt = after(org.clock.now(), org.lifetimes.stateTokenSeconds);
  return transaction;
}

/** The same for a request of the API, with the reply to one that has none. */
export function readTransaction(visit: Visit): Transaction | { readonly refusal: Reply } {
  const transaction = findTransaction(visit.org, visit.fields);
  if (transaction === undefined) return { refusal: refuse("E0000011") };
  return transaction.person.locked ? { refusal: refuseLocked(visit, transaction) } : transaction;
}

export function newEnrolling(): Enrolling {
  return { id: randomId("ost", 20), secret: randomBase32(32) };
}

/** Keeps a new transaction. */
export function openTransaction(org: Org, begun: Pick<Transaction, "person" | "methods" | "stepUp" | "ahead" | "status">): Transaction {
  const now = org.clock.now();
  const transaction: Transaction = {
    ...begun,
    // Real ones have dashes too, which pages then escape.
    stateToken: `${randomId("00", 20)}-${randomId("", 21)}`,
    expiresAt: after(now, org.lifetimes.stateTokenSeconds),
    ...{ challenge: undefined, polls: 0 },
    enrolling: begun.status === "MFA_ENROLL_ACTIVATE" ? newEnrolling() : undefined,
    pollAt: after(now, (begun.person.user.poll?.refreshMs ?? 0) / 1000),
  };
  org.transactions.set(transaction.stateToken, transaction);
  return transaction;
}

/** Ends the transaction of an account that is locked, in the form that the scenario asks for. */
export function refuseLocked({ org, request }: Visit, transaction: Transaction): Reply {
  org.transactions.delete(transaction.stateToken);
  return org.lockout.reply === "LOCKED_OUT" ? viewLockedOut(request.origin) : refuse(org.lockout.reply);
}

/** A link to skip is published in these states and no others. */
export function canSkip({ status, person, stepUp }: Transaction): boolean {
  return status === "PASSWORD_WARN" || (status === "MFA_ENROLL" && person.user.enrol === "optional" && stepUp === undefined);
}

/** What the state does not allow. */
export function notAllowed(): Reply {
  return refuse("E0000079", { causes: ["This operation is not allowed in the current authentication state."] });
}

/** Makes the one-time token that a session is opened with. */
export function grantSessionToken(org: Org, person: Person, methods: readonly string[]): string {
  const sessionToken = randomId("00", 42);
  org.sessionTokens.set(sessionToken, { person, methods, expiresAt: after(org.clock.now(), org.lifetimes.sessionTokenSeconds) });
  return sessionToken;
}

/** What the org knows of the device whose cookie came along; nothing of one that it did not issue. */
export function deviceOf({ org, request }: Pick<Visit, "org" | "request">): Device | undefined {
  return org.devices.get(readCookies(request).get("DT") ?? "");
}
