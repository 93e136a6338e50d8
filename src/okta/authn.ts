/**
 * The endpoints of the Authentication API, one function each: it sends, then reads.
 *
 * @see https://developer.okta.com/docs/reference/api/authn/
 */
import { RefusedError } from "../errors.ts";
import type { Request } from "../http/send.ts";
import type { Json } from "../json.ts";
import type { Secret } from "../secret.ts";
import { expired, LOCKED, lockedOut, type OktaFailure, type OktaResult, type Org, postJson, refusal, unreadable } from "./org.ts";
import { parseTransaction } from "./parse-transaction.ts";
import type { Transaction } from "./transaction.ts";

export interface SignInCredentials {
  readonly user: string;
  readonly password: Secret;
}

export interface NewPassword {
  readonly old: Secret;
  readonly new: Secret;
}

/** A wrong code is no failure of the transaction: it goes on from the same state. */
export type Verification = { readonly ok: true; readonly transaction: Transaction } | { readonly ok: false; readonly failure: OktaFailure };

export interface Pending {
  readonly url: string;
  readonly stateToken: Secret | undefined;
}

/** How long anybody waits for Okta to forget a transaction. */
const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Tells Okta who signs in, and asks to be told of a password that expires soon.
 *
 * @param pending the transaction that wants to know, where one has begun
 * @throws RefusedError `SIGN_IN_REFUSED`, `PASSWORD_EXPIRED`
 */
export async function authenticate(
  org: Org,
  { user, password }: SignInCredentials,
  pending: Pending = { url: "/api/v1/authn", stateToken: undefined },
): Promise<Transaction> {
  const who = { username: user, password: password.reveal(), options: { warnBeforePasswordExpired: true } };
  const body = pending.stateToken === undefined ? who : { ...who, stateToken: pending.stateToken.reveal() };
  const result = await postJson(org, pending.url, { body });
  if (result.ok) return readTransaction(org, result);
  if (result.failure.code === "E0000064") throw expired(org, undefined);
  if (LOCKED.has(result.failure.code)) throw lockedOut(org);
  if (result.failure.status !== 401) throw refusal(org, `the sign-in of ${user}`, result.failure);
  throw new RefusedError(
    `${org.name} refused the sign-in of ${user}: ${result.failure.summary === "" ? "no reason given" : result.failure.summary}`,
    {
      code: "SIGN_IN_REFUSED",
      hint: "check the user name and the password; too many attempts lock the account",
    },
  );
}

/** @param repeatable true for a poll, `when limited` for a push or a message; a request that carries a code is never sent twice */
export async function verify(
  org: Org,
  url: string,
  request: { readonly stateToken: Secret; readonly fields: Json; readonly repeatable: Request["repeatable"] },
): Promise<Verification> {
  const body = { ...request.fields, stateToken: request.stateToken.reveal() };
  const result = await postJson(org, url, { body, repeatable: request.repeatable });
  return result.ok ? { ok: true, transaction: readTransaction(org, result) } : result;
}

export interface Move {
  readonly stateToken: Secret;
  /** What it is for, in a refusal: `to go back to the choice of factors`. */
  readonly what: string;
  readonly repeatable?: boolean;
}

/** Follows a link that takes nothing but the state token. */
export async function moveOn(org: Org, url: string, { stateToken, what, repeatable = false }: Move): Promise<Transaction> {
  const result = await postJson(org, url, { body: { stateToken: stateToken.reveal() }, repeatable });
  if (!result.ok) throw refusal(org, what, result.failure);
  return readTransaction(org, result);
}

/**
 * Takes up the transaction of a page that wants more proof.
 *
 * @returns undefined where the org does not take its token here, as Identity Engine does not
 */
export async function resumeTransaction(org: Org, stateToken: Secret): Promise<Transaction | undefined> {
  const result = await postJson(org, "/api/v1/authn", { body: { stateToken: stateToken.reveal() } });
  if (result.ok) return readTransaction(org, result);
  if (result.failure.status === 429) throw refusal(org, "more proof", result.failure);
  return undefined;
}

/** @returns the next state, or why the new password was not taken */
export async function changePassword(org: Org, url: string, change: { readonly stateToken: Secret } & NewPassword): Promise<Verification> {
  const body = { stateToken: change.stateToken.reveal(), oldPassword: change.old.reveal(), newPassword: change.new.reveal() };
  const result = await postJson(org, url, { body });
  return result.ok ? { ok: true, transaction: readTransaction(org, result) } : result;
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
