import type { FactorState } from "@aws-okta-processor/contract";
import { RefusedError } from "../errors.ts";
import type { Verification } from "./authn.ts";
import { LOCKED, lockedOut, type OktaFailure, type Org, refusal } from "./org.ts";
import type { Challenge, OfferedFactor } from "./transaction.ts";

/** Where one factor stands: what its plugin may know, and the links that only we may use. */
export interface Standing {
  readonly state: FactorState;
  readonly challenge: Challenge | undefined;
  readonly url: string;
  readonly attemptsLeft: number;
  /** How many refusals that count as no attempt are borne. */
  readonly patience: number;
}

/** Okta locks the account at a number of wrong codes that it does not tell; we stop before. */
const ATTEMPTS = 3;
const PATIENCE = 10;

/** Codes after which Okta still takes another answer on the same transaction. @see https://developer.okta.com/docs/reference/error-codes/ */
const ASK_AGAIN = new Set(["E0000068", "E0000079", "E0000082", "E0000083"]);

/** A token's own questions (a new PIN, its next code), and messages that were asked for too soon: nothing was wrong. */
const NO_ATTEMPT = new Set(["E0000113", "E0000109", "E0000118", "E0000133", "E0000204"]);

/** factorResults that leave the challenge open. */
const OPEN: ReadonlySet<string | undefined> = new Set([undefined, "WAITING", "CHALLENGE"]);

export function standAtFirst({ verifyUrl }: OfferedFactor): Standing {
  return { state: { kind: "required" }, challenge: undefined, url: verifyUrl, attemptsLeft: ATTEMPTS, patience: PATIENCE };
}

/**
 * Where the factor stands after Okta's reply.
 *
 * @throws RefusedError `FACTOR_REFUSED`, `LOCKED_OUT`, `SIGN_IN_EXPIRED`, `OKTA_REFUSED`
 */
export function stand(org: Org, before: Standing, verification: Verification): Standing {
  if (!verification.ok) return standRefused(org, before, verification.failure);
  if (verification.transaction.status !== "MFA_CHALLENGE") return before;
  const challenge = verification.transaction;
  const { factorResult: result, factors, resendUrl } = challenge;
  const next = { ...before, challenge, url: challenge.nextUrl };
  if (!OPEN.has(result)) return countRefusal(org, next, { code: result ?? "", message: result ?? "" });
  const canResend = resendUrl !== undefined;
  return { ...next, state: { kind: "challenged", result, challenge: challenge.challenge, factors, canResend } };
}

function standRefused(org: Org, before: Standing, failure: OktaFailure): Standing {
  const why = { code: failure.code, message: failure.summary };
  if (LOCKED.has(failure.code)) throw lockedOut(org);
  if (failure.code === "E0000011")
    throw new RefusedError(`the sign-in at ${org.name} has expired`, { code: "SIGN_IN_EXPIRED", hint: "run the command again" });
  if (ASK_AGAIN.has(failure.code)) return countRefusal(org, before, why);
  if (!NO_ATTEMPT.has(failure.code) || before.patience === 0) throw refusal(org, "the factor", failure);
  const { attemptsLeft } = before;
  return { ...before, patience: before.patience - 1, state: { kind: "refused", ...why, attemptsLeft } };
}

function countRefusal(org: Org, before: Standing, why: { readonly code: string; readonly message: string }): Standing {
  const attemptsLeft = before.attemptsLeft - 1;
  if (attemptsLeft > 0) return { ...before, attemptsLeft, state: { kind: "refused", ...why, attemptsLeft } };
  throw new RefusedError(`${org.name} refused the factor ${ATTEMPTS} times: ${why.message}`, {
    code: "FACTOR_REFUSED",
    hint: "more attempts would lock the account",
  });
}
