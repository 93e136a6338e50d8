import { RemoteError } from "../errors.ts";
import type { Reply } from "../http/send.ts";
import { getText, type Org, onOrg } from "./org.ts";

const MAX_HOPS = 10;

/** What a chain of redirects came to: a page, or what `stop` made of an address that was not asked. */
export type Arrival<T> = { readonly reply: Reply } | { readonly stopped: T };

/**
 * Opens an address of the org and follows redirects as long as they stay there.
 *
 * @param stop looks at each address before it is asked; undefined lets it be asked
 * @throws RemoteError `OFF_ORG`, `REDIRECT_LOOP`
 */
export async function follow<T>(org: Org, url: string, stop: (target: URL) => T | undefined): Promise<Arrival<T>> {
  let at = onOrg(org, url).href;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const reply = await getText(org, at, { accept: "text/html" });
    const location = reply.headers.get("location");
    if (reply.status < 300 || reply.status >= 400 || location === null) return { reply };
    const stopped = URL.canParse(location, at) ? stop(new URL(location, at)) : undefined;
    if (stopped !== undefined) return { stopped };
    // One that cannot be read is refused as one that leaves the org.
    at = onOrg(org, URL.canParse(location, at) ? new URL(location, at).href : location).href;
  }
  throw new RemoteError(`${org.name} redirects without end`, { code: "REDIRECT_LOOP" });
}
