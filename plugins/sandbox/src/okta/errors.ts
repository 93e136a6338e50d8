import type { Reply } from "../http/message.ts";
import { randomId } from "./ids.ts";

/** Okta's catalogue, as far as the sandbox needs it. Summaries are in the org's language and no client may rely on them. */
const CATALOGUE = {
  E0000001: [400, "Api validation failed: authRequest"],
  E0000003: [400, "The request body was not well-formed."],
  E0000004: [401, "Authentication failed"],
  E0000005: [403, "Invalid session"],
  E0000006: [403, "You do not have permission to perform the requested action"],
  E0000007: [404, "Not found: Resource not found"],
  E0000011: [401, "Invalid token provided"],
  E0000014: [403, "Update of credentials failed"],
  E0000021: [415, "Bad request. Accept and/or Content-Type headers likely do not match supported values."],
  E0000022: [405, "The endpoint does not support the provided HTTP method"],
  E0000047: [429, "API call exceeded rate limit due to too many requests."],
  E0000064: [401, "Password is expired and must be changed."],
  E0000068: [403, "Invalid Passcode/Answer"],
  E0000069: [403, "User Locked"],
  E0000079: [403, "This operation is not allowed in the current authentication state."],
  E0000080: [403, "The password does not meet the complexity requirements of the current password policy."],
  E0000082: [403, "Each code can only be used once. Please wait for a new code and try again."],
  E0000083: [403, "PassCode is valid but exceeded time window."],
  E0000109: [429, "An SMS message was recently sent. Please wait 30 seconds before trying again."],
  E0000113: [409, "Factor requires another answer"],
  E0000118: [429, "An email was recently sent. Please wait 5 seconds before trying again."],
  E0000119: [403, "Your account is locked. Please contact your administrator."],
  E0000133: [429, "A call was recently made. Please wait 30 seconds before trying again."],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type ErrorCode = keyof typeof CATALOGUE;

export function json(status: number, body: unknown): Reply {
  return { status, headers: { "content-type": "application/json;charset=UTF-8" }, body: JSON.stringify(body) };
}

export interface RefusalOptions {
  readonly summary?: string;
  readonly causes?: readonly string[];
  /** Another than that of the catalogue. */
  readonly status?: number;
}

export function refuse(code: ErrorCode, options: RefusalOptions = {}): Reply {
  const [status, summary] = CATALOGUE[code];
  return json(options.status ?? status, {
    errorCode: code,
    errorSummary: options.summary ?? summary,
    errorLink: code,
    errorId: randomId("oae", 25),
    errorCauses: (options.causes ?? []).map((errorSummary) => ({ errorSummary })),
  });
}
