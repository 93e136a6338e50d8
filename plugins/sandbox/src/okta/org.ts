import { after, type Clock } from "../clock.ts";
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
  enrolled: Enrolled | undefined;
  push: PushChallenge | undefined;
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

export function createOrg(scenario: Scenario, clock: Clock, doors: Pick<Org, "signInUrl" | "assert">): Org {
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
    (factor, index): Enrolled => ({ id: stableId(prefixOf(factor), `${user.login} ${index}`), factor, usedStep: -1 }),
  );
  return { id: stableId("00u", user.login), user, factors, locked: user.locked === true, wrongPasswords: 0, wrongCodes: 0 };
}

function prefixOf(factor: Factor): string {
  const prefixes: Readonly<Record<string, string>> = {
    push: "opf",
    "token:software:totp": factor.provider === "OKTA" ? "ost" : "uft",
    webauthn: "fwf",
  };
  return prefixes[factor.factorType] ?? factor.factorType.slice(0, 3).toLowerCase();
}

function createApp(application: Application, scenario: Scenario): App {
  const accounts = scenario.accounts.filter((account) => application.accounts?.includes(account.id) ?? true);
  return { id: stableId("0oa", application.label), key: stableId("exk", application.label), application, accounts };
}
