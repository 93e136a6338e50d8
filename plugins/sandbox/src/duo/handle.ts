import { html, type Reply, type Request } from "../http/message.ts";
import type { Org } from "../okta/org.ts";

/** Answers one request to the Duo server. */
export function handleDuo(_org: Org, request: Request): Reply {
  return html(404, `no ${request.method} here`);
}
