import { after } from "../clock.ts";
import { type Fields, textOf } from "./body.ts";
import { randomId } from "./ids.ts";
import type { Org, Person, Transaction } from "./org.ts";

/** The transaction of a `stateToken`, if it is alive; to ask for it is to keep it alive. */
export function findTransaction(org: Org, fields: Fields): Transaction | undefined {
  const transaction = org.transactions.get(textOf(fields, "stateToken") ?? "");
  if (transaction === undefined || transaction.expiresAt <= org.clock.now()) return undefined;
  transaction.expiresAt = after(org.clock.now(), org.lifetimes.stateTokenSeconds);
  return transaction;
}

/** Makes the one-time token that a session is opened with. */
export function grantSessionToken(org: Org, person: Person, methods: readonly string[]): string {
  const sessionToken = randomId("00", 42);
  org.sessionTokens.set(sessionToken, { person, methods, expiresAt: after(org.clock.now(), org.lifetimes.sessionTokenSeconds) });
  return sessionToken;
}
