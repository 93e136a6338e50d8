import type { Reply } from "../http/message.ts";
import { textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import type { Challenge, Enrolled, Transaction } from "./memory.ts";
import { readTransaction, refuseLocked } from "./read-transaction.ts";
import type { Visit } from "./route.ts";
import { findSharedTypes } from "./shared-types.ts";
import { passFactor } from "./stations.ts";
import { notAllowed } from "./transactions.ts";
import { viewTransaction } from "./views.ts";

/** A request to a factor, in a transaction that may make it. */
export interface Attempt {
  readonly visit: Visit;
  readonly transaction: Transaction;
  /** The one that was named, or the first of the type that was. */
  readonly enrolled: Enrolled;
  /** All that may answer: the one, or every one of its type. */
  readonly choices: readonly Enrolled[];
  /** Whether a type was named, and no factor: `factors/webauthn/verify`. */
  readonly byType: boolean;
}

/** What the request is about, or why nobody may ask for it. */
export function readAttempt(visit: Visit): Attempt | { readonly refusal: Reply } {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction;
  if (transaction.status !== "MFA_REQUIRED" && transaction.status !== "MFA_CHALLENGE") return { refusal: notAllowed() };
  const name = visit.params["factor"] ?? "";
  const { choices, byType } = choose(transaction, name);
  const [enrolled] = choices;
  if (enrolled === undefined) return { refusal: refuse("E0000007", { summary: `Not found: Resource not found: ${name} (UserFactor)` }) };
  const attempt = { visit, transaction, enrolled, choices, byType };
  return isOther(attempt) ? { refusal: notAllowed() } : attempt;
}

/** Puts the factor to the person; what is not told is as when nothing waits for anything. */
export function challenge(attempt: Attempt, told: Partial<Challenge> = {}): Reply {
  const { transaction, enrolled, choices, byType } = attempt;
  transaction.status = "MFA_CHALLENGE";
  transaction.challenge = {
    ...{ enrolled, choices, byType },
    ...{ next: { name: "verify" }, shown: undefined, factorResult: undefined, push: undefined, canResend: false, inDialogue: false },
    ...told,
  };
  return viewTransaction(attempt.visit, transaction);
}

/** @param method what the session then says of it: `otp`, `swk`, `sms` */
export function succeed({ visit, transaction }: Attempt, method: string): Reply {
  return passFactor(visit, transaction, method);
}

/** Counts a wrong answer, and locks the account at the last one that is borne. */
export function refuseAnswer(attempt: Attempt, cause = "Your passcode doesn't match our records. Please try again."): Reply {
  const { person } = attempt.transaction;
  person.wrongCodes += 1;
  return person.wrongCodes < attempt.visit.org.lockout.wrongCodes ? refuse("E0000068", { causes: [cause] }) : lockOut(attempt);
}

export function lockOut({ visit, transaction }: Attempt): Reply {
  transaction.person.locked = true;
  return refuseLocked(visit, transaction);
}

/** The code that was typed; nothing where none was sent. */
export function passCodeOf({ visit }: Attempt): string | undefined {
  return textOf(visit.fields, "passCode");
}

function choose({ person }: Transaction, name: string): Pick<Attempt, "choices" | "byType"> {
  const named = person.factors.filter(({ id }) => id === name);
  if (named.length > 0) return { choices: named, byType: false };
  return { choices: findSharedTypes(person).get(name) ?? [], byType: true };
}

/** Whether another factor is being challenged. */
function isOther({ transaction, enrolled, byType }: Attempt): boolean {
  const { challenge: running } = transaction;
  return running !== undefined && (running.enrolled !== enrolled || running.byType !== byType);
}
