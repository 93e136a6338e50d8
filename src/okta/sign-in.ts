import { RefusedError, unreachable } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { answerFactor } from "./answer-factor.ts";
import { authenticate, cancelTransaction } from "./authn.ts";
import type { SignInHands } from "./hands.ts";
import { lockedOut, type Org } from "./org.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Signs in: one case a state, until Okta gives its one-time session token. Whatever goes wrong, the transaction is ended at Okta.
 *
 * @throws RefusedError `SIGN_IN_REFUSED`, `LOCKED_OUT`, `SIGN_IN_STATE` or what a factor ends with
 */
export async function signIn(org: Org, hands: SignInHands): Promise<Secret> {
  let transaction: Transaction = await authenticate(org, await hands.credentials());
  try {
    for (;;) {
      switch (transaction.status) {
        case "SUCCESS":
          return transaction.sessionToken;
        case "MFA_REQUIRED":
          transaction = await answerFactor(org, transaction, hands);
          break;
        case "LOCKED_OUT":
          throw lockedOut(org);
        case "MFA_CHALLENGE":
          throw unfinished(org, transaction.status);
        case "OTHER":
          throw unfinished(org, transaction.name);
        default:
          return unreachable(transaction);
      }
    }
  } catch (error) {
    if ("stateToken" in transaction && transaction.stateToken !== undefined)
      await cancelTransaction(hands.afterwards, transaction.stateToken);
    throw error;
  }
}

function unfinished(org: Org, state: string): RefusedError {
  return new RefusedError(`${org.name} wants something that only a browser can do: ${state}`, {
    code: "SIGN_IN_STATE",
    hint: `sign in once at ${org.origin}, then try again`,
  });
}
