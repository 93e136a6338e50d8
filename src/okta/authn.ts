/**
 * The endpoints of the Authentication API, one function each: it sends, then reads.
 *
 * @see https://developer.okta.com/docs/reference/api/authn/
 */
import { RefusedError } from "../errors.ts";
import type { Json } from "../json.ts";
import type { Secret } from "../secret.ts";
import { type OktaFailure, type OktaResult, type Org, postJson, refusal, unreadable } from "./org.ts";
import { parseTransaction, type Transaction } from "./transaction.ts";

export interface SignInCredentials {
  readonly user: string;
  readonly password: Secret;
}

/** A wrong code is no failure of the transaction: it goes on from the same state. */
export type Verification = { readonly ok: true; readonly transaction: Transaction } | { readonly ok: false; readonly failure: OktaFailure };

/** How long anybody waits for Okta to forget a transaction. */
const CANCEL_TIMEOUT_MS = 2_000;

/** @throws RefusedError `SIGN_IN_REFUSED` */
export async function authenticate(org: Org, { user, password }: SignInCredentials): Promise<Transaction> {
  const result = await postJson(org, "/api/v1/authn", { body: { username: user, password: password.reveal() } });
  if (result.ok) return readTransaction(org, result);
  if (result.failure.status !== 401) throw refusal(org, `the sign-in of ${user}`, result.failure);
  throw new RefusedError(
    `${org.name} refused the sign-in of ${user}: ${result.failure.summary === "" ? "no reason given" : result.failure.summary}`,
    {
      code: "SIGN_IN_REFUSED",
      hint: "check the user name and the password; too many attempts lock the account",
    },
  );
}

/** @param repeatable true for a poll; a request that carries a code is never sent twice */
export async function verify(
  org: Org,
  url: string,
  request: { readonly stateToken: Secret; readonly fields: Json; readonly repeatable: boolean },
): Promise<Verification> {
  const body = { ...request.fields, stateToken: request.stateToken.reveal() };
  const result = await postJson(org, url, { body, repeatable: request.repeatable });
  return result.ok ? { ok: true, transaction: readTransaction(org, result) } : result;
}

/** The state before the challenge: the choice of factors. */
export async function goBack(org: Org, url: string, stateToken: Secret): Promise<Transaction> {
  const result = await postJson(org, url, { body: { stateToken: stateToken.reveal() } });
  if (!result.ok) throw refusal(org, "to go back to the choice of factors", result.failure);
  return readTransaction(org, result);
}

/** Best effort: a transaction that nobody goes on with is ended at Okta, and with it a push that still waits. */
export async function cancelTransaction(org: Org, stateToken: Secret): Promise<void> {
  const body = { stateToken: stateToken.reveal() };
  await postJson(org, "/api/v1/authn/cancel", { body, timeoutMs: CANCEL_TIMEOUT_MS }).catch(() => undefined);
}

function readTransaction(org: Org, result: OktaResult & { readonly ok: true }): Transaction {
  const transaction = parseTransaction(result.json);
  if ("missing" in transaction) throw unreadable(org, `a sign-in state without ${transaction.missing}`);
  return transaction;
}
