import type { DuoAccount, DuoStep } from "./account.ts";

/** The memory of the Duo server, and the org's of those that it sent there. */
export interface Duo {
  /** What it shares with the org. */
  readonly secret: string;
  /** By the `state` that a browser must come back with. */
  readonly absences: Map<string, Absence>;
  readonly signIns: Map<string, DuoSignIn>;
  /** One-time codes, and the `state` of the org that each is for. */
  readonly codes: Map<string, string>;
  /** Passcodes that were accepted, and how many were wrong in a row, by login. */
  readonly used: Set<string>;
  readonly wrongPasscodes: Map<string, number>;
}

/** A browser that the org sent away. */
export interface Absence {
  readonly stateToken: string;
  /** The cookie of the browser that went; no other may come back. */
  readonly browser: string;
  readonly expiresAt: Date;
}

/** What the org asked Duo for. */
export interface DuoRequest {
  readonly login: string;
  readonly clientId: string;
  readonly state: string;
  readonly redirectUri: string;
}

/** One sign-in of one browser; each step is open after the one before it alone. */
export interface DuoSignIn {
  readonly sid: string;
  readonly tx: string;
  readonly xsrf: string;
  /** Of the cookie that the browser was given. */
  readonly cookie: string;
  readonly request: DuoRequest;
  readonly account: DuoAccount;
  step: "begun" | "health" | "checked" | "prompt" | "over";
  readonly attempts: Map<string, DuoAttempt>;
}

/** One method that was started, by its txid. */
export interface DuoAttempt {
  readonly factor: string;
  readonly script: readonly DuoStep[] | "wrong passcode";
  polls: number;
  allowed: boolean;
}

export function createDuo(): Duo {
  return {
    secret: "a secret of this sandbox and nobody else",
    absences: new Map(),
    signIns: new Map(),
    codes: new Map(),
    used: new Set(),
    wrongPasscodes: new Map(),
  };
}
