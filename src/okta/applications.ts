import { RefusedError } from "../errors.ts";
import { dig, list, text } from "../json.ts";
import type { Secret } from "../secret.ts";
import { getText, type Org, onOrg, readResult, refusal, unreadable } from "./org.ts";

/** An application on the person's dashboard that federates to AWS accounts. */
export interface Application {
  readonly label: string;
  readonly url: string;
}

/** AWS Account Federation; Identity Center (`amazon_aws_sso`) gives no roles to STS. */
const APP_NAME = "amazon_aws";

/**
 * @returns undefined when the session is gone
 * @throws RefusedError `NO_APPLICATION`
 * @see https://developer.okta.com/docs/reference/api/users/#get-assigned-app-links
 */
export async function listApplications(org: Org, session: Secret): Promise<readonly Application[] | undefined> {
  const reply = await getText(org, "/api/v1/users/me/appLinks", { session, accept: "application/json" });
  if (reply.status === 401 || reply.status === 404) return undefined;
  if (reply.status !== 200) {
    const result = readResult(org, reply);
    // A proxy says 403 too, and does not speak of the session.
    if (!result.ok && reply.status === 403 && result.failure.code !== "") return undefined;
    throw result.ok ? unreadable(org, `status ${reply.status}`) : refusal(org, "the list of applications", result.failure);
  }
  const applications = parseApplications(org, reply.text);
  if (applications.length > 0) return applications;
  throw new RefusedError(`${org.name} shows you no AWS application`, {
    code: "NO_APPLICATION",
    hint: "ask an administrator to assign one, or name it with --application if it is hidden",
  });
}

function parseApplications(org: Org, body: string): readonly Application[] {
  const links = parseArray(body);
  if (links === undefined) throw unreadable(org, "a list of applications that is no JSON array");
  return links.flatMap((link) => {
    const url = text(dig(link, "linkUrl"));
    if (text(dig(link, "appName")) !== APP_NAME || url === undefined) return [];
    return [{ label: text(dig(link, "label"))?.trim() ?? "AWS", url: onOrg(org, url).href }];
  });
}

function parseArray(body: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? list(value) : undefined;
  } catch {
    return undefined;
  }
}
