import { isLoopback } from "../partitions.ts";

/** An Okta org: its name as the person gave it, and where it is spoken to. */
export interface Organization {
  /** Part of file names and cache keys: `acme.okta.com`, `localhost:8443`, `http://127.0.0.1:8080`. */
  readonly name: string;
  readonly origin: string;
}

/** What a URL leaves as it is: to make one would cost the cached answer a hundredth of its time. */
const PLAIN_HOST = /^(?:[a-z][a-z0-9]*\.)+[a-z]{2,}$/;

/** Plain http is only for the sandbox on this machine. */
export function parseOrganization(raw: string): Organization | string {
  if (PLAIN_HOST.test(raw)) return { name: raw, origin: `https://${raw}` };
  const [, scheme = "https", host = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*?)\/?$/is.exec(raw.trim()) ?? [];
  if (/[/?#]/.test(host)) return "must be a host alone, without a path";
  const url = URL.canParse(`${scheme}://${host}`) ? new URL(`${scheme}://${host}`) : undefined;
  if (url === undefined || /[\s@\\]/.test(host)) return "must be a host such as acme.okta.com";
  if (url.protocol === "https:") return { name: host, origin: url.origin };
  if (url.protocol === "http:" && isLoopback(url.hostname)) return { name: url.origin, origin: url.origin };
  return "must be reached by https; http is only for this machine";
}
