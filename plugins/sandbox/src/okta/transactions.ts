import { after } from "../clock.ts";
import { type Reply, readCookies } from "../http/message.ts";
import { type Fields, textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import { randomBase32, randomId } from "./ids.ts";
import type { Device, Enrolling, Org, Person, Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";

/** The transaction of a `stateToken`, if it is alive; to ask for it is to keep it alive. */
export function findTransaction(org: Org, fields: Fields): Transaction | undefined {
  const transaction = org.transactions.get(textOf(fields, "stateToken") ?? "");
  if (transaction === undefined || transaction.expiresAt <= org.clock.now()) return undefined;
  transaction.expiresAt = after(org.clock.now(), org.lifetimes.stateTokenSeconds);
  return transaction;
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
