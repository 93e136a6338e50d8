import { isLoopback } from "../partitions.ts";

/** An Okta org: its name as the person gave it, and where it is spoken to. */
export interface Organization {
  /** Part of file names and cache keys: `acme.okta.com`, `localhost:8443`, `http://127.0.0.1:8080`. */
  readonly name: string;
  readonly origin: string;
}

/** Plain http is only for the sandbox on this machine. */
export function parseOrganization(raw: string): Organization | string {
  const text = raw.trim().replace(/\/$/, "");
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || /[\s@\\]/.test(text)) return "must be a host such as acme.okta.com";
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return "must be a host alone, without a path";
  if (url.protocol === "https:") return { name: text.replace(/^https:\/\//i, ""), origin: url.origin };
  if (url.protocol === "http:" && isLoopback(url.hostname)) return { name: url.origin, origin: url.origin };
  return "must be reached by https; http is only for this machine";
}
