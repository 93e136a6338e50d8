import type { Reply } from "../http/message.ts";
import { refuse } from "./errors.ts";
import type { Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";
import { findTransaction } from "./transactions.ts";
import { viewLockedOut } from "./views.ts";

/** The transaction of a request, or the reply to one that has none. */
export function readTransaction(visit: Visit): Transaction | { readonly refusal: Reply } {
  const transaction = findTransaction(visit.org, visit.fields);
  if (transaction === undefined) return { refusal: refuse("E0000011") };
  return transaction.person.locked ? { refusal: refuseLocked(visit, transaction) } : transaction;
}

/** Ends the transaction of an account that is locked, in the form that the scenario asks for. */
export function refuseLocked({ org, request }: Visit, transaction: Transaction): Reply {
  org.transactions.delete(transaction.stateToken);
  return org.lockout.reply === "LOCKED_OUT" ? viewLockedOut(request.origin) : refuse(org.lockout.reply);
}
