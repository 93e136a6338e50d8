import { RefusedError } from "../errors.ts";
import { changePassword } from "./authn.ts";
import type { Signing } from "./hands.ts";
import { expired, type OktaFailure, type Org, refusal } from "./org.ts";
import type { Expired, Transaction } from "./transaction.ts";

/** How often a person may try to please the org's rules. */
const ATTEMPTS = 3;

/** Not good enough, or the old one was wrong: the person may try again. @see https://developer.okta.com/docs/reference/error-codes/ */
const TRY_AGAIN = new Set(["E0000014", "E0000080", "E0000001"]);

/**
 * Changes an expired password at the terminal, if the person wants to and the org lets us.
 *
 * @throws RefusedError `PASSWORD_EXPIRED`
 */
export async function renewPassword(org: Org, transaction: Expired, { hands, credentials }: Signing): Promise<Transaction> {
  const { changeUrl, elsewhereUrl, stateToken, rules } = transaction;
  if (changeUrl === undefined) throw expired(org, elsewhereUrl);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const passwords = await hands.newPassword(rules, attempt === 0 ? credentials?.password : undefined);
    if (passwords === undefined) throw expired(org, undefined);
    const change = await changePassword(org, changeUrl, { stateToken, ...passwords });
    if (change.ok) return change.transaction;
    if (!TRY_AGAIN.has(change.failure.code)) throw refusal(org, "the new password", change.failure);
    hands.announce(`${org.name} did not take the new password: ${reasonOf(change.failure)}`);
  }
  throw new RefusedError(`${org.name} did not take a new password ${ATTEMPTS} times`, {
    code: "PASSWORD_EXPIRED",
    hint: `change it at ${org.origin}, then try again`,
  });
}

const reasonOf = ({ causes, summary, code }: OktaFailure): string =>
  causes.length > 0 ? causes.join(" ") : summary === "" ? code : summary;
