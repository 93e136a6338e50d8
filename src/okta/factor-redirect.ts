import { RemoteError } from "../errors.ts";
import { follow } from "./follow.ts";
import { type Org, onOrg, unreadable } from "./org.ts";
import type { Success } from "./transaction.ts";

/**
 * Follows the link of a claims provider to where it leaves the org; what lies there is the plugin's to ask.
 *
 * @throws RemoteError `UNREADABLE` when it stays on the org
 */
export async function leaveOrg(org: Org, url: string): Promise<URL> {
  const arrival = await follow(org, url, (target) => (target.origin === org.origin ? undefined : target));
  if ("stopped" in arrival) return arrival.stopped;
  throw unreadable(org, "a page in place of the way to another identity provider");
}

/**
 * Opens the address that the other side sent the person back to. Okta then gives no token: its cookies are the session.
 *
 * @throws RemoteError `OFF_ORG`, `SERVER_FAILED`
 */
export async function returnToOrg(org: Org, url: URL): Promise<Success> {
  const arrival = await follow(org, onOrg(org, url.href).href, (target) => (target.origin === org.origin ? undefined : target));
  const status = "reply" in arrival ? arrival.reply.status : 200;
  if (status >= 400)
    throw new RemoteError(`${org.name} failed with status ${status} after the other identity provider`, {
      code: "SERVER_FAILED",
      hint: "try again later",
    });
  return { status: "SUCCESS", sessionToken: undefined, onwardUrl: undefined };
}
