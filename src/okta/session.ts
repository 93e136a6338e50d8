import { RefusedError } from "../errors.ts";
import { type Json, text } from "../json.ts";
import { Secret } from "../secret.ts";
import { getText, type Org, postJson, readResult, refusal, unreadable } from "./org.ts";

/** A session of the org: its id is the whole cookie `sid`. */
export interface OktaSession {
  readonly id: Secret;
  readonly user: string;
  /** As Okta sent it, to be kept. */
  readonly fields: Json;
  /** Whether it was kept from an earlier run, so that a new sign-in may still mend it. */
  readonly kept: boolean;
}

/**
 * Trades the one-time session token for a session.
 *
 * @see https://developer.okta.com/docs/reference/api/sessions/#create-session-with-session-token
 */
export async function createSession(org: Org, sessionToken: Secret, user: string): Promise<OktaSession> {
  // A token that was taken by a try whose answer was lost is refused at the next one, and no harm is done.
  const result = await postJson(org, "/api/v1/sessions", { body: { sessionToken: sessionToken.reveal() }, repeatable: true });
  if (!result.ok && result.failure.status === 401) {
    throw new RefusedError(`${org.name} no longer takes its own session token`, { code: "SESSION_REFUSED", hint: "run the command again" });
  }
  if (!result.ok) throw refusal(org, "a session", result.failure);
  const id = text(result.json["id"]);
  if (id === undefined) throw unreadable(org, "a session without id");
  return { id: new Secret(id), user, fields: result.json, kept: false };
}

/**
 * The session that a sign-in left in the cookies, where Okta gave no token for one.
 *
 * @param id the cookie `sid`
 * @see https://developer.okta.com/docs/reference/api/sessions/#get-current-session
 */
export async function findSession(org: Org, id: Secret | undefined, user: string): Promise<OktaSession> {
  if (id === undefined) throw unreadable(org, "no session after the sign-in");
  const reply = await getText(org, "/api/v1/sessions/me", { session: id, accept: "application/json" });
  const result = readResult(org, reply);
  if (!result.ok) throw refusal(org, "a session", result.failure);
  return { id, user, fields: { ...result.json, id: id.reveal() }, kept: false };
}

/** How Okta says that a cookie stands for no session. */
const GONE = new Set([401, 403, 404]);

/**
 * Prolongs a session.
 *
 * @returns what Okta says of it now, or undefined when the session is gone
 * @see https://developer.okta.com/docs/reference/api/sessions/#refresh-current-session
 */
export async function refreshSession(org: Org, session: Secret, signal: AbortSignal): Promise<Json | undefined> {
  const result = await postJson(org, "/api/v1/sessions/me/lifecycle/refresh", { body: {}, session, repeatable: true, signal });
  if (!result.ok && !GONE.has(result.failure.status)) throw refusal(org, "to prolong the session", result.failure);
  return result.ok && text(result.json["expiresAt"]) !== undefined ? result.json : undefined;
}
