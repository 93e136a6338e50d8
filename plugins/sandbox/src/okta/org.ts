import { after, type Clock } from "../clock.ts";
import { createDuo, type Duo } from "../duo/duo.ts";
import type { Account, Application, Factor, Lifetimes, Lockout, Scenario, User } from "../scenario.ts";
import { randomId, stableId } from "./ids.ts";
import type { PushChallenge } from "./push.ts";

/** The org's memory. Handlers change it, nothing else does. */
export interface Org {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly lifetimes: Lifetimes;
  readonly lockout: Lockout;
  readonly people: readonly Person[];
  readonly apps: readonly App[];
  readonly transactions: Map<string, Transaction>;
  readonly sessionTokens: Map<string, SessionToken>;
  readonly sessions: Map<string, Session>;
  /** Calls of the running minute, by endpoint. */
  readonly rates: Map<string, { minute: number; calls: number }>;
  /** The code that was sent last, to anybody. */
  sentCode: SentCode | undefined;
  readonly duo: Duo;
  /** The origin of the Duo server. */
  readonly duoUrl: () => string;
  /** Where the app page posts to. */
  readonly signInUrl: () => string;
  /** Makes the SAML response of an app for a person, base64. */
  readonly assert: (person: Person, app: App) => string;
}

export interface Person {
  readonly id: string;
  readonly user: User;
  readonly factors: readonly Enrolled[];
  locked: boolean;
  wrongPasswords: number;
  wrongCodes: number;
}

export interface Enrolled {
  readonly id: string;
  readonly factor: Factor;
  /** TOTP alone: the last time step that was accepted. */
  usedStep: number;
  /** Codes that were accepted. */
  readonly used: Set<string>;
  /** How much of its dialogue is done. */
  exchanges: number;
  /** The code that was sent last. */
  sent: { readonly code: string; readonly at: Date } | undefined;
}

export interface App {
  /** `0oa…`, as the link names it. */
  readonly id: string;
  /** `exk…`, the SAML issuer's key. */
  readonly key: string;
  readonly application: Application;
  readonly accounts: readonly Account[];
}

export interface Transaction {
  readonly stateToken: string;
  readonly person: Person;
  expiresAt: Date;
  status: "MFA_REQUIRED" | "MFA_CHALLENGE";
  challenge: Challenge | undefined;
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

/** A code on its way to a phone or a mailbox. */
export interface SentCode {
  readonly login: string;
  readonly factorType: "sms" | "call" | "email";
  readonly to: string;
  readonly code: string;
}

export interface SessionToken {
  readonly person: Person;
  readonly expiresAt: Date;
  readonly methods: readonly string[];
}

export interface Session {
  readonly id: string;
  readonly person: Person;
  readonly createdAt: Date;
  readonly methods: readonly string[];
  expiresAt: Date;
}

export function createOrg(scenario: Scenario, clock: Clock, doors: Pick<Org, "signInUrl" | "duoUrl" | "assert">): Org {
  return {
    scenario,
    clock,
    lifetimes: {
      stateTokenSeconds: 300,
      sessionTokenSeconds: 300,
      pushSeconds: 300,
      sessionSeconds: 7200,
      assertionSeconds: 300,
      ...scenario.lifetimes,
    },
    lockout: { wrongPasswords: 10, wrongCodes: 5, shown: false, ...scenario.lockout },
    people: scenario.users.map(createPerson),
    apps: scenario.applications.map((application) => createApp(application, scenario)),
    transactions: new Map(),
    sessionTokens: new Map(),
    sessions: new Map(),
    rates: new Map(),
    sentCode: undefined,
    duo: createDuo(),
    ...doors,
  };
}

/** The session that a `sid` names, if it is alive. */
export function findSession(org: Org, sid: string | undefined): Session | undefined {
  const session = sid === undefined ? undefined : org.sessions.get(sid);
  return session !== undefined && session.expiresAt > org.clock.now() ? session : undefined;
}

export function openSession(org: Org, token: SessionToken): Session {
  const createdAt = org.clock.now();
  const expiresAt = after(createdAt, org.lifetimes.sessionSeconds);
  const session: Session = { id: randomId("102", 25), person: token.person, methods: token.methods, createdAt, expiresAt };
  org.sessions.set(session.id, session);
  return session;
}

function createPerson(user: User): Person {
  const factors = user.factors.map(
    (factor, index): Enrolled => ({
      id: stableId(prefixOf(factor), `${user.login} ${index}`),
      factor,
      usedStep: -1,
      used: new Set(),
      exchanges: 0,
      sent: undefined,
    }),
  );
  return { id: stableId("00u", user.login), user, factors, locked: user.locked === true, wrongPasswords: 0, wrongCodes: 0 };
}

function prefixOf(factor: Factor): string {
  const prefixes: Readonly<Record<string, string>> = {
    push: "opf",
    "token:software:totp": factor.provider === "OKTA" ? "ost" : "uft",
    webauthn: "fwf",
    call: "clf",
    email: "eml",
    question: "ufs",
    "token:hardware": "ykf",
  };
  return prefixes[factor.factorType] ?? factor.factorType.slice(0, 3).toLowerCase();
}

function createApp(application: Application, scenario: Scenario): App {
  const accounts = scenario.accounts.filter((account) => application.accounts?.includes(account.id) ?? true);
  return { id: stableId("0oa", application.label), key: stableId("exk", application.label), application, accounts };
}
