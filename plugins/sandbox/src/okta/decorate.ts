import { type Reply, type Request, readCookies, withHeaders } from "../http/message.ts";
import { grease } from "./grease.ts";
import { randomId } from "./ids.ts";
import type { Org } from "./org.ts";

const MINUTE_MS = 60_000;
const TWO_YEARS_SECONDS = 63_072_000;

/** A request, and the endpoint that it is counted for. */
export interface Arrival {
  readonly org: Org;
  readonly request: Request;
  readonly endpoint: string;
}

/** Counts a call, and says whether it was one too many for this minute. */
export function isOverRate(org: Org, endpoint: string): boolean {
  const minute = Math.floor(org.clock.now().getTime() / MINUTE_MS);
  const counted = org.rates.get(endpoint);
  const calls = counted?.minute === minute ? counted.calls + 1 : 1;
  org.rates.set(endpoint, { minute, calls });
  return calls > limitOf(org);
}

/** Adds what every reply of an org has: request id, rate limits, cookies, the org's own time. */
export function decorate({ org, request, endpoint }: Arrival, reply: Reply): Reply {
  const isAuthn = request.path.startsWith("/api/v1/authn");
  return withHeaders(isJson(reply) ? { ...reply, body: JSON.stringify(grease(JSON.parse(reply.body))) } : reply, {
    date: org.clock.now().toUTCString(),
    "x-okta-request-id": randomId("Z", 24),
    "cache-control": "no-cache, no-store",
    pragma: "no-cache",
    expires: "0",
    ...rateHeaders(org, endpoint),
    "set-cookie": [...cookies(request, isAuthn), ...[reply.headers["set-cookie"] ?? []].flat()],
  });
}

function rateHeaders(org: Org, endpoint: string): Reply["headers"] {
  const counted = org.rates.get(endpoint) ?? { minute: 0, calls: 0 };
  return {
    "x-rate-limit-limit": String(limitOf(org)),
    "x-rate-limit-remaining": String(Math.max(0, limitOf(org) - counted.calls)),
    "x-rate-limit-reset": String((counted.minute + 1) * (MINUTE_MS / 1000)),
  };
}

/** A sign-in deletes the session cookie it finds: a jar that ignores expiry then sends an empty `sid`. */
function cookies(request: Request, isAuthn: boolean): readonly string[] {
  const scope = `Path=/; HttpOnly${request.origin.startsWith("https:") ? "; Secure; SameSite=None" : ""}`;
  const known = readCookies(request);
  const given = [`JSESSIONID=${known.get("JSESSIONID") ?? randomId("", 32)}; ${scope}`];
  if (known.get("DT") === undefined) given.push(`DT=${randomId("DI0", 25)}; Max-Age=${TWO_YEARS_SECONDS}; ${scope}`);
  return isAuthn ? [...given, `sid=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT; ${scope}`] : given;
}

function limitOf(org: Org): number {
  return org.scenario.rateLimit ?? 600;
}

function isJson(reply: Reply): boolean {
  return String(reply.headers["content-type"]).startsWith("application/json");
}
