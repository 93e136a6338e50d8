import { RemoteError } from "../errors.ts";

/** Of Node's HTTP parser, of zlib and of Brotli. @see https://nodejs.org/api/errors.html#nodejs-error-codes */
const CODE = /^(?:HPE|Z|ERR_)_/;

/** What was thrown where somebody was reached, but does not speak as they should; that is no matter of the network, and not asked again. */
export function unreadable(who: string, error: unknown, hint = "check that no proxy answers in its place"): RemoteError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return CODE.test(code) ? unreadableReply(who, code, { hint, cause: error }) : undefined;
}

export function unreadableReply(who: string, reason: string, how: { readonly hint?: string; readonly cause?: unknown } = {}): RemoteError {
  return new RemoteError(`${who} sent a reply that cannot be read: ${reason}`, { code: "UNREADABLE", ...how });
}
