import { RefusedError, RemoteError } from "../errors.ts";
import type { Reply, Request, Send } from "../http/send.ts";
import { dig, type Json, list, parseRecord, text } from "../json.ts";
import type { Secret } from "../secret.ts";

/** An Okta org and the way to speak to it. */
export interface Org {
  readonly name: string;
  readonly origin: string;
  readonly send: Send;
}

export interface OktaFailure {
  readonly status: number;
  /** Okta's stable code: `E0000004`. @see https://developer.okta.com/docs/reference/error-codes/ */
  readonly code: string;
  readonly summary: string;
  /** What exactly was wrong, in Okta's words. */
  readonly causes: readonly string[];
}

export type OktaResult = { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly failure: OktaFailure };

export interface PostOptions {
  readonly body: Json;
  readonly session?: Secret;
  readonly repeatable?: Request["repeatable"];
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Posts JSON to a URL of the org and reads the reply.
 *
 * @throws RemoteError `UNREADABLE` for what is no JSON object, `SERVER_FAILED` for 5xx, and what send throws
 */
export async function postJson(org: Org, url: string, options: PostOptions): Promise<OktaResult> {
  const reply = await org.send({
    method: "POST",
    url: onOrg(org, url),
    headers: { accept: "application/json", "content-type": "application/json", ...cookie(options.session) },
    body: JSON.stringify(options.body),
    repeatable: options.repeatable ?? false,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    signal: options.signal,
  });
  return readResult(org, reply);
}

export interface GetOptions {
  /** Undefined where the door has cookies of its own. */
  readonly session?: Secret;
  readonly accept: string;
}

export async function getText(org: Org, url: string, { session, accept }: GetOptions): Promise<Reply> {
  return org.send({ method: "GET", url: onOrg(org, url), headers: { accept, ...cookie(session) }, repeatable: true });
}

/**
 * A URL that stays on the org: nothing that carries a state token or a cookie goes elsewhere.
 *
 * @throws RemoteError `OFF_ORG`
 */
export function onOrg(org: Org, url: string): URL {
  const target = URL.canParse(url, org.origin) ? new URL(url, org.origin) : undefined;
  if (target?.origin === org.origin && target.username === "" && target.password === "") return target;
  throw new RemoteError(`${org.name} points to another host, ${target?.host ?? "an unreadable one"}; nothing was sent there`, {
    code: "OFF_ORG",
  });
}

export function readResult(org: Org, reply: Reply): OktaResult {
  const json = parseRecord(reply.text);
  if (reply.status >= 200 && reply.status < 300) {
    if (json === undefined) throw unreadable(org, "an answer that is no JSON object");
    return { ok: true, json };
  }
  if (reply.status >= 500)
    throw new RemoteError(`${org.name} failed with status ${reply.status}`, { code: "SERVER_FAILED", hint: "try again later" });
  const causes = [...list(json?.["errorCauses"]), ...list(json?.["errorCause"])];
  const failure = {
    status: reply.status,
    code: text(json?.["errorCode"]) ?? "",
    summary: text(json?.["errorSummary"]) ?? "",
    causes: causes.flatMap((cause) => text(dig(cause, "errorSummary")) ?? []),
  };
  return { ok: false, failure };
}

export function unreadable(org: Org, what: string): RemoteError {
  return new RemoteError(`${org.name} sent ${what}`, {
    code: "UNREADABLE",
    hint: "check that it is an Okta organization and that no proxy answers in its place",
  });
}

/** The error for a failure that no station can mend. */
export function refusal(org: Org, what: string, failure: OktaFailure): RefusedError | RemoteError {
  if (failure.status === 429) {
    return new RemoteError(`${org.name} limits the rate of requests`, { code: "RATE_LIMITED", hint: "try again in a minute" });
  }
  if (failure.code === "" && failure.status !== 401) return unreadable(org, `status ${failure.status} without an Okta error`);
  const reason = [failure.summary, failure.code].filter((part) => part !== "").join(", ");
  return new RefusedError(`${org.name} refused ${what}${reason === "" ? "" : `: ${reason}`}`, { code: "OKTA_REFUSED" });
}

export function lockedOut(org: Org): RefusedError {
  return new RefusedError(`${org.name} has locked this account`, {
    code: "LOCKED_OUT",
    hint: `unlock it at ${org.origin} or ask an administrator`,
  });
}

/** Codes of an account that is locked. @see https://developer.okta.com/docs/reference/error-codes/ */
export const LOCKED: ReadonlySet<string> = new Set(["E0000069", "E0000119"]);

/** @param url where the password can be changed; the org itself when undefined */
export function expired(org: Org, url: string | undefined): RefusedError {
  return new RefusedError(`the password at ${org.name} has expired`, {
    code: "PASSWORD_EXPIRED",
    hint: `change it at ${url ?? org.origin}, then try again`,
  });
}

const cookie = (session: Secret | undefined): Readonly<Record<string, string>> =>
  session === undefined ? {} : { cookie: `sid=${session.reveal()}` };
