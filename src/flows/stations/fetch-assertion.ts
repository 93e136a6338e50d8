import { UsageError } from "../../errors.ts";
import { createCookieJar, withCookies } from "../../http/cookies.ts";
import { type Application, listApplications } from "../../okta/applications.ts";
import type { Org } from "../../okta/org.ts";
import { openWithProof } from "../../okta/step-up.ts";
import type { Options } from "../../options/options.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { Assertion, Line, Session } from "../line.ts";
import type { Parts } from "../parts.ts";
import { renewOnce } from "./renew-once.ts";

/**
 * Opens the application, and proves what it wants beyond the session; a kept session that Okta no longer honours is replaced once by a new
 * sign-in.
 */
export function createFetchAssertion(parts: Parts): Line["fetchAssertion"] {
  return async (session, options) => {
    checkApplication(session.org, options);
    return renewOnce(session, (live) => tryFetch(live, options, parts));
  };
}

/** The cookie goes to the organization and nowhere else, whatever the option says. */
function checkApplication(org: Org, options: Options): void {
  if (options.application === undefined || options.application.origin === org.origin) return;
  throw new UsageError(`the application is not at ${org.name}: ${options.application.host} (${options.from("application")})`, {
    code: "OPTION_INVALID",
    hint: "copy its link from the Okta dashboard of this organization",
  });
}

/** @returns the assertion, or undefined when this session is gone */
async function tryFetch(session: Session, options: Options, { terminal, world }: Parts): Promise<Assertion | undefined> {
  const { org, okta, deviceToken } = session;
  const url = options.application?.href ?? (await chooseApplication(session, terminal));
  if (url === undefined) return undefined;
  const jar = createCookieJar({ sid: okta.id, DT: deviceToken });
  const door: Org = { ...org, send: withCookies(org.send, jar, world.now) };
  const page = await openWithProof(door, url, session);
  return page.kind === "assertion" ? { saml: page.saml, applicationUrl: url, session } : undefined;
}

async function chooseApplication({ org, okta }: Session, terminal: Terminal): Promise<string | undefined> {
  const applications = await listApplications(org, okta.id);
  if (applications === undefined || applications.length === 1) return applications?.[0]?.url;
  const items = applications.map((application: Application) => ({ label: application.label, value: application.url }));
  return terminal.choose({ message: "AWS application", remedy: "give --application or AWS_OKTA_APPLICATION", items });
}
