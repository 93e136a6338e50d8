import type { EnrolledFactor } from "@aws-okta-processor/contract";
import { dig, type Json, list, record, text } from "../json.ts";
import { Secret } from "../secret.ts";

/** A factor as offered, with the link that only the host may use. */
export interface OfferedFactor extends EnrolledFactor {
  readonly id: string;
  readonly verifyUrl: string;
}

/**
 * The states of a sign-in, each with its one way on.
 *
 * @see https://developer.okta.com/docs/reference/api/authn/#transaction-state
 */
export type Transaction =
  | { readonly status: "SUCCESS"; readonly sessionToken: Secret }
  | { readonly status: "MFA_REQUIRED"; readonly stateToken: Secret; readonly factors: readonly OfferedFactor[] }
  | {
      readonly status: "MFA_CHALLENGE";
      readonly stateToken: Secret;
      readonly factorResult: string | undefined;
      readonly challenge: unknown;
      readonly nextUrl: string;
      readonly resendUrl: string | undefined;
      readonly previousUrl: string | undefined;
    }
  | { readonly status: "LOCKED_OUT" }
  | { readonly status: "OTHER"; readonly name: string; readonly stateToken: Secret | undefined };

/** Reads a reply of /api/v1/authn, or says by name which field is missing. */
export function parseTransaction(json: Json): Transaction | { readonly missing: string } {
  const status = text(json["status"]);
  const sessionToken = text(json["sessionToken"]);
  const token = text(json["stateToken"]);
  const stateToken = token === undefined ? undefined : new Secret(token);
  if (status === undefined) return { missing: "status" };
  if (status === "LOCKED_OUT") return { status };
  if (status === "SUCCESS")
    return sessionToken === undefined ? { missing: "sessionToken" } : { status, sessionToken: new Secret(sessionToken) };
  if (status !== "MFA_REQUIRED" && status !== "MFA_CHALLENGE") return { status: "OTHER", name: status, stateToken };
  if (stateToken === undefined) return { missing: "stateToken" };
  return status === "MFA_REQUIRED" ? { status, stateToken, factors: parseFactors(json) } : parseChallenge(json, stateToken);
}

/** The documentation prints the list as `factor`, every org sends `factors`: both are read. */
function parseFactors(json: Json): readonly OfferedFactor[] {
  const embedded = record(json["_embedded"]);
  const offered = list(embedded?.["factors"]);
  return (offered.length > 0 ? offered : list(embedded?.["factor"])).flatMap((entry) => parseFactor(entry) ?? []);
}

function parseFactor(entry: unknown): OfferedFactor | undefined {
  const factorType = text(dig(entry, "factorType"));
  const provider = text(dig(entry, "provider"));
  const verifyUrl = text(dig(entry, "_links", "verify", "href"));
  if (factorType === undefined || provider === undefined || verifyUrl === undefined) return undefined;
  return {
    key: `${factorType}:${provider}`.toLowerCase(),
    factorType,
    provider,
    vendorName: text(dig(entry, "vendorName")),
    profile: record(dig(entry, "profile")) ?? {},
    id: text(dig(entry, "id")) ?? "",
    verifyUrl,
  };
}

function parseChallenge(json: Json, stateToken: Secret): Transaction | { readonly missing: string } {
  const nextUrl = text(dig(json, "_links", "next", "href"));
  if (nextUrl === undefined) return { missing: "_links.next" };
  const resend = dig(json, "_links", "resend");
  return {
    status: "MFA_CHALLENGE",
    stateToken,
    factorResult: text(json["factorResult"]),
    challenge: dig(json, "_embedded", "factor", "_embedded", "challenge"),
    nextUrl,
    resendUrl: text(dig(Array.isArray(resend) ? resend[0] : resend, "href")),
    previousUrl: text(dig(json, "_links", "prev", "href")),
  };
}
