import { RefusedError, unreachable } from "../errors.ts";
import type { Secret } from "../secret.ts";
import { answerFactor } from "./answer-factor.ts";
import { authenticate, cancelTransaction, moveOn } from "./authn.ts";
import { renewPassword } from "./expired-password.ts";
import type { SignInHands, Signing } from "./hands.ts";
import { lockedOut, type Org } from "./org.ts";
import { skipEnrolment } from "./skip-enrolment.ts";
import type { Success, Transaction } from "./transaction.ts";
import { waitForOrg } from "./wait-for-org.ts";

/** More states than these no sign-in has; an org that goes round in circles is left. */
const MAX_STATES = 30;

/**
 * Signs in: one case a state, until Okta is content. Whatever goes wrong, the transaction is ended at Okta.
 *
 * @throws RefusedError `SIGN_IN_REFUSED`, `LOCKED_OUT`, `PASSWORD_EXPIRED`, `ENROLMENT_REQUIRED`, `SIGN_IN_STATE` or what a factor ends with
 */
export async function signIn(org: Org, hands: SignInHands): Promise<Success> {
  const credentials = await hands.credentials(false);
  return finishSignIn(org, await authenticate(org, credentials), { hands, credentials });
}

/** Goes on from any state, as a step-up does. */
export async function finishSignIn(org: Org, from: Transaction, signing: Signing): Promise<Success> {
  let transaction = from;
  try {
    for (let states = 0; states < MAX_STATES; states++) {
      if (transaction.status === "SUCCESS") return transaction;
      transaction = await advance(org, transaction, signing);
    }
    throw unfinished(org, transaction.status);
  } catch (error) {
    const stateToken: Secret | undefined = "stateToken" in transaction ? transaction.stateToken : undefined;
    if (stateToken !== undefined) await cancelTransaction(signing.hands.afterwards, stateToken);
    throw error;
  }
}

async function advance(org: Org, transaction: Exclude<Transaction, Success>, signing: Signing): Promise<Transaction> {
  const { hands } = signing;
  switch (transaction.status) {
    case "MFA_REQUIRED":
      return answerFactor(org, transaction, hands);
    case "PASSWORD_WARN":
      hands.tell(`Your password at ${org.name} expires in ${countDays(transaction.daysLeft)}.`);
      return moveOn(org, transaction.skipUrl, { stateToken: transaction.stateToken, what: "to sign in before the password is changed" });
    case "PASSWORD_EXPIRED":
      return renewPassword(org, transaction, signing);
    case "LOCKED_OUT":
      throw lockedOut(org);
    case "MFA_ENROLL":
    case "MFA_ENROLL_ACTIVATE":
      return skipEnrolment(org, transaction, hands);
    case "POLL":
      return waitForOrg(org, transaction, hands);
    case "UNAUTHENTICATED":
      return authenticate(org, await hands.credentials(false), { url: transaction.authenticateUrl, stateToken: transaction.stateToken });
    case "MFA_CHALLENGE":
      throw unfinished(org, transaction.status);
    case "OTHER":
      throw unfinished(org, transaction.name);
    default:
      return unreachable(transaction);
  }
}

const countDays = (days: number | undefined): string => (days === undefined ? "a few days" : `${days} ${days === 1 ? "day" : "days"}`);

function unfinished(org: Org, state: string): RefusedError {
  return new RefusedError(`${org.name} wants something that only a browser can do: ${state}`, {
    code: "SIGN_IN_STATE",
    hint: `sign in once at ${org.origin}, then try again`,
  });
}
