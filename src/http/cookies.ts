/**
 * The cookies of one origin, for as long as one sign-in lasts. What is kept here goes back to that origin alone, for the org's URLs are checked
 * before they are asked.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265
 */
import { Secret } from "../secret.ts";
import type { Send } from "./send.ts";
import { timeOf } from "./time-of.ts";

export interface CookieJar {
  readonly get: (name: string) => Secret | undefined;
  readonly take: (lines: readonly string[], now: Date) => void;
  /** All as one header, or undefined where there is none. */
  readonly header: () => string | undefined;
}

/** @param kept cookies of earlier; the origin may change them but not take them away, as Okta does with `sid` at every step of a sign-in */
export function createCookieJar(kept: Readonly<Record<string, Secret | undefined>> = {}): CookieJar {
  const pinned = new Map(Object.entries(kept).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
  const cookies = new Map(pinned);
  const put = ({ name, value, gone }: Cookie) => {
    const kept = gone ? pinned.get(name) : new Secret(value);
    if (kept === undefined) cookies.delete(name);
    else cookies.set(name, kept);
  };
  return {
    get: (name) => cookies.get(name),
    take: (lines, now) => {
      for (const line of lines) {
        const cookie = parseCookie(line, now);
        if (cookie !== undefined) put(cookie);
      }
    },
    header: () => (cookies.size === 0 ? undefined : [...cookies].map(([name, value]) => `${name}=${value.reveal()}`).join("; ")),
  };
}

/** The same door, through which a jar goes along; a request that brings its own cookie header keeps it. */
export function withCookies(send: Send, jar: CookieJar, now: () => Date): Send {
  return async (request) => {
    const cookie = request.headers["cookie"] ?? jar.header();
    const headers = cookie === undefined ? request.headers : { ...request.headers, cookie };
    const reply = await send({ ...request, headers });
    // When a cookie ends is said in the time of who gave it.
    jar.take(reply.headers.getSetCookie(), timeOf(reply.headers, now()));
    return reply;
  };
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Whether the line takes the cookie away. */
  readonly gone: boolean;
}

function parseCookie(line: string, now: Date): Cookie | undefined {
  const [pair = "", ...attributes] = line.split(";");
  const at = pair.indexOf("=");
  const name = pair.slice(0, at).trim();
  const value = pair.slice(at + 1).trim();
  if (at < 1 || name === "" || !/^[\x21-\x7e]*$/.test(name + value)) return undefined;
  return { name, value, gone: value.replaceAll('"', "") === "" || isOver(attributes, now) };
}

/** Max-Age goes before Expires. */
function isOver(attributes: readonly string[], now: Date): boolean {
  const find = (wanted: string) => attributes.find((attribute) => attribute.trim().toLowerCase().startsWith(`${wanted}=`))?.split("=")[1];
  const maxAge = find("max-age");
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expiresAt = Date.parse(find("expires") ?? "");
  return !Number.isNaN(expiresAt) && expiresAt <= now.getTime();
}
