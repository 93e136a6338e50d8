import { RefusedError, RemoteError } from "../errors.ts";
import type { Reply } from "../http/send.ts";
import { Secret } from "../secret.ts";
import { getText, type Org, onOrg, refusal, unreadable } from "./org.ts";

/** What an application's page turned out to be. */
export type AppPage =
  | { readonly kind: "assertion"; readonly saml: Secret }
  /** Okta wants a sign-in: the session is gone. */
  | { readonly kind: "sign-in" }
  /** The session is good but does not prove enough for this application. */
  | { readonly kind: "step-up" };

const MAX_HOPS = 10;

/**
 * Opens an application with the session's cookie and reads the SAML response that it would post to AWS.
 *
 * @throws RefusedError `APPLICATION_REFUSED`; RemoteError `OFF_ORG`, `UNREADABLE`, `REDIRECT_LOOP`
 */
export async function openApplication(org: Org, url: string, session: Secret): Promise<AppPage> {
  let at = onOrg(org, url).href;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const reply = await getText(org, at, { session, accept: "text/html" });
    const location = reply.headers.get("location");
    if (reply.status < 300 || reply.status >= 400 || location === null) return readPage(org, reply);
    at = onOrg(org, resolveLocation(location, at)).href;
    if (new URL(at).pathname.startsWith("/login/")) return { kind: "sign-in" };
  }
  throw new RemoteError(`${org.name} redirects without end`, { code: "REDIRECT_LOOP" });
}

/** One that cannot be read stays as it is, and is refused as one that leaves the org. */
function resolveLocation(location: string, base: string): string {
  return URL.canParse(location, base) ? new URL(location, base).href : location;
}

async function readPage(org: Org, reply: Reply): Promise<AppPage> {
  if (reply.status === 401) return { kind: "sign-in" };
  if (reply.status === 429) throw refusal(org, "the application", { status: reply.status, code: "", summary: "" });
  if (reply.status >= 500)
    throw new RemoteError(`${org.name} failed with status ${reply.status}`, { code: "SERVER_FAILED", hint: "try again later" });
  const { load } = await import("cheerio/slim");
  const $ = load(reply.text);
  const saml = $("input[name='SAMLResponse']").attr("value");
  if (saml !== undefined && saml.trim() !== "") return { kind: "assertion", saml: new Secret(saml.replace(/\s+/g, "")) };
  if ($("#password-verification-challenge").length > 0 || /\bstateToken\b/.test(reply.text)) return { kind: "step-up" };
  if ($("#okta-sign-in, #signin-container").length > 0) return { kind: "sign-in" };
  const headline = $(".error-content h1").first().text().trim();
  if (headline !== "" || reply.status === 403 || reply.status === 404) {
    throw new RefusedError(`${org.name} does not open this application${headline === "" ? "" : `: ${headline}`}`, {
      code: "APPLICATION_REFUSED",
      hint: "check --application, and that the application is assigned to you",
    });
  }
  throw unreadable(org, "an application page without a SAML response");
}
