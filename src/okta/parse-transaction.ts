import { dig, type Json, record, text } from "../json.ts";
import { Secret } from "../secret.ts";
import { parseEnrolled, parseOffered } from "./offered-factors.ts";
import { describeRules } from "./password-rules.ts";
import type { Transaction } from "./transaction.ts";

/** What a reply lacks, by name. */
export interface Missing {
  readonly missing: string;
}

/** Early-access orgs without passwords spell the states of a factor otherwise. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["FACTOR_REQUIRED", "MFA_REQUIRED"],
  ["FACTOR_CHALLENGE", "MFA_CHALLENGE"],
  ["FACTOR_ENROLL", "MFA_ENROLL"],
  ["FACTOR_ENROLL_ACTIVATE", "MFA_ENROLL_ACTIVATE"],
]);

/** Reads a reply of /api/v1/authn, or says by name which field is missing. */
export function parseTransaction(json: Json): Transaction | Missing {
  const sent = text(json["status"]);
  const token = text(json["stateToken"]);
  const stateToken = token === undefined ? undefined : new Secret(token);
  if (sent === undefined) return { missing: "status" };
  const status = SPELLINGS.get(sent) ?? sent;
  if (status === "LOCKED_OUT") return { status };
  if (status === "SUCCESS") return parseSuccess(json);
  if (!PENDING.has(status)) return { status: "OTHER", name: sent, stateToken };
  return stateToken === undefined ? { missing: "stateToken" } : parsePending(status, json, stateToken);
}

const PENDING = new Set([
  "MFA_REQUIRED",
  "MFA_CHALLENGE",
  "PASSWORD_WARN",
  "PASSWORD_EXPIRED",
  "MFA_ENROLL",
  "MFA_ENROLL_ACTIVATE",
  "POLL",
  "UNAUTHENTICATED",
]);

function parsePending(status: string, json: Json, stateToken: Secret): Transaction | Missing {
  const links = record(json["_links"]);
  const nextUrl = text(dig(links, "next", "href"));
  const skipUrl = text(dig(links, "skip", "href"));
  switch (status) {
    case "MFA_REQUIRED":
      return {
        status,
        stateToken,
        factors: parseOffered(json),
        mayRemember: dig(json, "_embedded", "policy", "allowRememberDevice") === true,
      };
    case "MFA_CHALLENGE":
      return nextUrl === undefined ? { missing: "_links.next" } : parseChallenge(json, stateToken, nextUrl);
    case "PASSWORD_WARN":
      return skipUrl === undefined ? { missing: "_links.skip" } : { status, stateToken, daysLeft: parseDaysLeft(json), skipUrl };
    case "PASSWORD_EXPIRED":
      return parseExpired(json, stateToken, nextUrl);
    case "MFA_ENROLL":
      return { status, stateToken, skipUrl };
    case "MFA_ENROLL_ACTIVATE":
      return { status, stateToken };
    case "POLL":
      return nextUrl === undefined ? { missing: "_links.next" } : { status, stateToken, pollUrl: nextUrl, afterMs: parseRefresh(json) };
    default:
      return { status: "UNAUTHENTICATED", stateToken, authenticateUrl: nextUrl ?? "/api/v1/authn" };
  }
}

/** A step-up has no session token but a link, which orgs call `next` or `original`. */
function parseSuccess(json: Json): Transaction | Missing {
  const sessionToken = text(json["sessionToken"]);
  const onwardUrl = text(dig(json, "_links", "next", "href")) ?? text(dig(json, "_links", "original", "href"));
  if (sessionToken === undefined && onwardUrl === undefined) return { missing: "sessionToken" };
  return { status: "SUCCESS", sessionToken: sessionToken === undefined ? undefined : new Secret(sessionToken), onwardUrl };
}

/** A challenge of one factor is its own; one that any of a type may answer stands above them. */
function parseChallenge(json: Json, stateToken: Secret, nextUrl: string): Transaction {
  const resend = dig(json, "_links", "resend");
  return {
    status: "MFA_CHALLENGE",
    stateToken,
    factorResult: text(json["factorResult"]),
    challenge: dig(json, "_embedded", "challenge") ?? dig(json, "_embedded", "factor", "_embedded", "challenge"),
    factors: parseEnrolled(json),
    next: text(dig(json, "_links", "next", "name")),
    nextUrl,
    resendUrl: text(dig(Array.isArray(resend) ? resend[0] : resend, "href")),
    previousUrl: text(dig(json, "_links", "prev", "href")),
  };
}

/** Only what Okta itself lets be posted is posted; another's page is for the person to open. */
function parseExpired(json: Json, stateToken: Secret, nextUrl: string | undefined): Transaction {
  const allowed = dig(json, "_links", "next", "hints", "allow");
  const posted = Array.isArray(allowed) && allowed.includes("POST");
  return {
    status: "PASSWORD_EXPIRED",
    stateToken,
    changeUrl: posted ? nextUrl : undefined,
    elsewhereUrl: posted ? undefined : nextUrl,
    rules: describeRules(dig(json, "_embedded", "policy", "complexity")),
  };
}

function parseDaysLeft(json: Json): number | undefined {
  const days = dig(json, "_embedded", "policy", "expiration", "passwordExpireDays");
  return typeof days === "number" && Number.isFinite(days) ? days : undefined;
}

const REFRESH_MS = 1000;

/** How long Okta wants to be left alone; within reason. */
function parseRefresh(json: Json): number {
  const refresh = dig(json, "_embedded", "transaction", "profile", "refresh");
  return typeof refresh === "number" && refresh > 0 ? Math.min(Math.max(refresh, 200), 30_000) : REFRESH_MS;
}
