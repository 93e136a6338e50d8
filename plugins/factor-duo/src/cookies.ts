/**
 * Keeps the cookies of each origin apart: no cookie ever goes to another host than the one that set it, whatever its Domain says.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5
 */
export interface CookieJar {
  /** The Cookie header for an address, undefined where there is none. */
  readonly headerFor: (url: URL) => string | undefined;
  /** @param at when the server sent them, by its own clock: the one that its Expires means */
  readonly take: (url: URL, lines: readonly string[], at: Date) => void;
}

/** A sign-in lasts minutes: a cookie is taken away where the server says so, and does not run out meanwhile. */
export function createCookieJar(): CookieJar {
  const origins = new Map<string, Map<string, Cookie>>();
  return {
    headerFor: (url) => {
      const sent = [...(origins.get(url.origin)?.values() ?? [])].filter((cookie) => isSent(cookie, url));
      const pairs = sent.toSorted((a, b) => b.path.length - a.path.length).map(({ name, value }) => `${name}=${value}`);
      return pairs.length === 0 ? undefined : pairs.join("; ");
    },
    take: (url, lines, at) => {
      const cookies = origins.get(url.origin) ?? new Map<string, Cookie>();
      origins.set(url.origin, cookies);
      for (const line of lines) keep(cookies, parseCookie(line, url, at));
    },
  };
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Whether the line takes the cookie away. */
  readonly isGone: boolean;
}

/** What RFC 6265 asks of a browser at least. */
const mostCookies = 50;
const longestCookie = 4096;

function keep(cookies: Map<string, Cookie>, cookie: Cookie | undefined): void {
  if (cookie === undefined) return;
  const key = `${cookie.name};${cookie.path}`;
  if (cookie.isGone) cookies.delete(key);
  else if (cookies.has(key) || cookies.size < mostCookies) cookies.set(key, cookie);
}

function isSent({ path }: Cookie, { pathname }: URL): boolean {
  if (!pathname.startsWith(path)) return false;
  return path.endsWith("/") || pathname.length === path.length || pathname[path.length] === "/";
}

function parseCookie(line: string, url: URL, at: Date): Cookie | undefined {
  const [pair = "", ...rest] = line.split(";");
  const [name, value] = split(pair);
  if (name === "" || !pair.includes("=") || pair.length > longestCookie || /\p{Cc}/u.test(pair)) return undefined;
  const attributes = new Map(rest.map((attribute) => split(attribute)).map(([key, inner]) => [key.toLowerCase(), inner]));
  const domain = attributes.get("domain")?.toLowerCase().replace(/^\./, "") ?? "";
  if (domain !== "" && url.hostname !== domain && !url.hostname.endsWith(`.${domain}`)) return undefined;
  return { name, value, path: pathOf(attributes.get("path"), url), isGone: isOver(attributes, at) };
}

function split(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function pathOf(path: string | undefined, { pathname }: URL): string {
  if (path?.startsWith("/") === true) return path;
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf("/")));
}

/** Max-Age goes before Expires; what cannot be read is as if it were not there. */
function isOver(attributes: ReadonlyMap<string, string>, at: Date): boolean {
  const maxAge = attributes.get("max-age") ?? "";
  return /^-?\d+$/.test(maxAge) ? Number(maxAge) <= 0 : Date.parse(attributes.get("expires") ?? "") <= at.getTime();
}
