import type { Clock } from "../clock.ts";
import type { Duo } from "../duo/duo.ts";
import type { Account, Application, Factor, Lifetimes, Lockout, PasswordState, PushStep, Scenario, User } from "../scenario.ts";

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

/** A push that was sent: where its script stands, and what the person did. */
export interface PushChallenge {
  readonly expiresAt: Date;
  polls: number;
  decision: "SUCCESS" | "REJECTED" | undefined;
  result: PushResult;
}

export interface PushResult {
  readonly factorResult: Exclude<PushStep, object>;
  readonly correctAnswer: number | undefined;
}
