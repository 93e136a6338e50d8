import type { DuoAccount } from "./duo/account.ts";

/** What a person has enrolled. A factor that says how it is answered is played; one that does not is a `ListedFactor`. */
export type Factor =
  | PushFactor
  | TotpFactor
  | CodeFactor
  | SentFactor
  | QuestionFactor
  | WebAuthnFactor
  | ClaimsProviderFactor
  | ListedFactor;

export interface PushFactor {
  readonly factorType: "push";
  readonly provider: "OKTA";
  /** The answers to the polls, in their order; the last one repeats. `manual` waits for the person or for `approvePush`. */
  readonly script: "manual" | readonly PushStep[];
  /** The number that a `manual` push asks for, from the first poll on. */
  readonly number?: number;
  /** Tells two devices of one person apart; Okta does not show it before it is verified. */
  readonly device?: string;
}

/** `LOCKED_OUT` locks the account while the push waits. */
export type PushStep =
  | "WAITING"
  | "SUCCESS"
  | "REJECTED"
  | "TIMEOUT"
  | "CANCELLED"
  | "ERROR"
  | "LOCKED_OUT"
  | { readonly correctAnswer: number };

export interface TotpFactor {
  readonly factorType: "token:software:totp";
  readonly provider: "OKTA" | "GOOGLE";
  /** Base32, as an authenticator app takes it. */
  readonly secret: string;
}

/** A token that somebody else made: HOTP, YubiKey, Symantec VIP, RSA SecurID, On-Prem MFA. */
export interface CodeFactor {
  readonly factorType: "token:hotp" | "token:hardware" | "token";
  /** `CUSTOM`, `YUBICO`, `SYMANTEC`, `RSA`, `DEL_OATH`. */
  readonly provider: string;
  readonly vendorName?: string;
  readonly profile?: Profile;
  /** Each is accepted once. */
  readonly codes: readonly string[];
  /** Known, and refused for their time. */
  readonly late?: readonly string[];
  /** What is asked after the first right code, in this order: a new PIN, the next code. */
  readonly dialogue?: readonly Exchange[];
}

export interface Exchange {
  readonly text: string;
  readonly answer: string;
}

/** A code that Okta sends. */
export interface SentFactor {
  readonly factorType: "sms" | "call" | "email";
  readonly provider: "OKTA";
  /** As the profile shows it: `+1 XXX-XXX-1337`, `j...e@example.com`. */
  readonly to: string;
  /** Six digits by chance when absent. */
  readonly code?: string;
}

export interface QuestionFactor {
  readonly factorType: "question";
  readonly provider: "OKTA";
  /** Okta's name for it: `disliked_food`. */
  readonly question: string;
  readonly questionText: string;
  readonly answer: string;
}

export interface WebAuthnFactor {
  readonly factorType: "webauthn";
  readonly provider: "FIDO";
  /** Base64url. */
  readonly credentialId: string;
  /** SPKI, in PEM. */
  readonly publicKey: string;
  readonly authenticatorName: string;
  /** `preferred` when absent. */
  readonly userVerification?: "required" | "preferred" | "discouraged";
  /** For a credential that was once made for U2F: `https://org`. */
  readonly appid?: string;
}

export interface ClaimsProviderFactor {
  readonly factorType: "claims_provider";
  readonly provider: "CUSTOM";
  readonly vendorName: string;
  readonly duo: DuoAccount;
}

/** Stands in the list and cannot be verified. Of any type, known or not. */
export interface ListedFactor {
  readonly factorType: string;
  readonly provider: string;
  readonly vendorName?: string;
  readonly profile?: Profile;
}

type Profile = Readonly<Record<string, unknown>>;
