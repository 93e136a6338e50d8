import { after, type Clock } from "../clock.ts";
import { createDuo, type Duo } from "../duo/duo.ts";
import type { Account, Application, Factor, Lifetimes, Lockout, PasswordState, Scenario, User } from "../scenario.ts";
import { randomId, stableId } from "./ids.ts";
import type { Enrolling, StepUp, Transaction } from "./transactions.ts";

/** The org's memory. Handlers change it, nothing else does. */
export interface Org {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly lifetimes: Lifetimes;
  readonly lockout: Lockout;
  readonly people: readonly Person[];
  readonly apps: readonly App[];
  readonly transactions: Map<string, Transaction>;
  /** Step-ups that succeeded and were not yet gone on from, by their state token. */
  readonly stepUps: Map<string, StepUp>;
  /** What is known of the browsers that were given a `DT` cookie. */
  readonly devices: Map<string, Device>;
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
  /** Makes the SAML response of an app for a session, base64. */
  readonly assert: (session: Session, app: App) => string;
}

export interface Person {
  readonly id: string;
  readonly user: User;
  factors: readonly Enrolled[];
  password: string;
  /** Nothing once it was changed. */
  passwordState: PasswordState | undefined;
  /** Whether the factor that they are asked to enrol is enrolled. */
  hasEnrolled: boolean;
  pushedAt: Date | undefined;
  locked: boolean;
  wrongPasswords: number;
  wrongCodes: number;
}

export interface Device {
  /** Until when which person skips the factor; without end where there is no date. */
  readonly remembered: Map<string, Date | undefined>;
  /** Ids of the factors whose push is to be sent without asking. */
  readonly autoPush: Set<string>;
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
  methods: readonly string[];
  /** Ids of the apps whose policy it satisfies. */
  readonly satisfied: Set<string>;
  /** What the password page is for, and the token that its form must bring. */
  reauthentication: { readonly app: App; readonly returnTo: string; readonly xsrfToken: string } | undefined;
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
    lockout: { wrongPasswords: 10, wrongCodes: 5, shown: false, reply: "E0000069", ...scenario.lockout },
    people: scenario.users.map(createPerson),
    apps: scenario.applications.map((application) => createApp(application, scenario)),
    transactions: new Map(),
    stepUps: new Map(),
    devices: new Map(),
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
  const { person, methods } = token;
  const id = randomId("102", 25);
  const session: Session = { id, person, methods, satisfied: new Set(), reauthentication: undefined, createdAt, expiresAt };
  org.sessions.set(session.id, session);
  return session;
}

/** Okta Verify's codes, from now on one of the person's factors. */
export function enrolFactor(person: Person, { id, secret }: Enrolling): void {
  person.hasEnrolled = true;
  person.factors = [...person.factors, newEnrolled(id, { factorType: "token:software:totp", provider: "OKTA", secret })];
}

function newEnrolled(id: string, factor: Factor): Enrolled {
  return { id, factor, usedStep: -1, used: new Set(), exchanges: 0, sent: undefined };
}

function createPerson(user: User): Person {
  const factors = user.factors.map((factor, index) => newEnrolled(stableId(prefixOf(factor), `${user.login} ${index}`), factor));
  return {
    id: stableId("00u", user.login),
    user,
    factors,
    password: user.password,
    passwordState: user.passwordState,
    ...{ hasEnrolled: false, pushedAt: undefined, locked: user.locked === true, wrongPasswords: 0, wrongCodes: 0 },
  };
}

function prefixOf(factor: Factor): string {
  const prefixes: Readonly<Record<string, string>> = {
    push: "opf",
    "token:software:totp": factor.provider === "OKTA" ? "ost" : "uft",
    webauthn: "fwf",
    u2f: "fuf",
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
