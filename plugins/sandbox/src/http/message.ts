import type { Encoding, Wire } from "../scenario.ts";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** As it was called: `http://127.0.0.1:41234`. Links in replies start with it. */
  readonly origin: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** What a fault does to it on its way. */
  readonly fate?: Fate;
}

export interface Fate {
  readonly mebibytes?: number | undefined;
  readonly encodings?: readonly Encoding[] | undefined;
  readonly wire?: Wire | undefined;
}

export function html(status: number, body: string): Reply {
  return { status, headers: { "content-type": "text/html;charset=utf-8" }, body };
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { location }, body: "" };
}

export function withHeaders(reply: Reply, headers: Reply["headers"]): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Whether the body is said to be of this media type; its parameters do not count. */
export function hasType(request: Request, mediaType: string): boolean {
  return request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() === mediaType;
}

/** What a cookie of a server is good for: all of it, and nothing that a page reads. */
export function cookieScope(request: Request): string {
  return `Path=/; HttpOnly${request.origin.startsWith("https:") ? "; Secure; SameSite=None" : ""}`;
}

export function readCookies(request: Request): ReadonlyMap<string, string> {
  const pairs = (request.headers["cookie"] ?? "")
    .split(";")
    .filter((pair) => pair.includes("="))
    .map((pair) => pair.trim().split("="));
  return new Map(pairs.map(([name = "", ...value]) => [name, value.join("=")]));
}
