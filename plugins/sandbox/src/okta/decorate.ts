import { cookieScope, type Reply, type Request, readCookies, withHeaders } from "../http/message.ts";
import { grease } from "./grease.ts";
import { distort } from "./hostile.ts";
import { randomId } from "./ids.ts";
import type { Org } from "./memory.ts";

const MINUTE_MS = 60_000;
const TWO_YEARS_SECONDS = 63_072_000;

/** A request, and the endpoint that it is counted for. */
export interface Arrival {
  readonly org: Org;
  readonly request: Request;
  readonly endpoint: string;
  /** Whether it is for a step-up, which is for a session that there is. */
  readonly keepsSession: boolean;
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
export function decorate({ org, request, endpoint, keepsSession }: Arrival, reply: Reply): Reply {
  const body = isJson(reply) ? disguise(org, request, reply.body) : reply.body;
  return withHeaders(
    { ...reply, body },
    {
      date: org.clock.now().toUTCString(),
      "x-okta-request-id": randomId("Z", 24),
      "cache-control": "no-cache, no-store",
      pragma: "no-cache",
      expires: "0",
      ...rateHeaders(org, endpoint),
      ...reply.headers,
      "set-cookie": [
        ...cookies(org, request),
        ...(request.path.startsWith("/api/v1/authn") && !keepsSession
          ? [`sid=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT; ${cookieScope(request)}`]
          : []),
        ...[reply.headers["set-cookie"] ?? []].flat(),
      ],
    },
  );
}

function disguise(org: Org, request: Request, body: string): string {
  return JSON.stringify(grease(distort(JSON.parse(body), org.scenario.hostile ?? [], request.origin)));
}

function rateHeaders(org: Org, endpoint: string): Reply["headers"] {
  const counted = org.rates.get(endpoint) ?? { minute: 0, calls: 0 };
  return {
    "x-rate-limit-limit": String(limitOf(org)),
    "x-rate-limit-remaining": String(Math.max(0, limitOf(org) - counted.calls)),
    "x-rate-limit-reset": String((counted.minute + 1) * (MINUTE_MS / 1000)),
  };
}

function cookies(org: Org, request: Request): readonly string[] {
  const scope = cookieScope(request);
  const known = readCookies(request);
  const given = [`JSESSIONID=${known.get("JSESSIONID") ?? randomId("", 32)}; ${scope}`];
  return known.get("DT") === undefined ? [...given, `DT=${issueDevice(org)}; Max-Age=${TWO_YEARS_SECONDS}; ${scope}`] : given;
}

function issueDevice(org: Org): string {
  const token = randomId("DI0", 25);
  org.devices.set(token, { remembered: new Map(), autoPush: new Set() });
  return token;
}

function limitOf(org: Org): number {
  return org.scenario.rateLimit ?? 600;
}

function isJson(reply: Reply): boolean {
  return String(reply.headers["content-type"]).startsWith("application/json");
}
