import type { Call } from "../call.ts";

/** One line for one request: `12:00:01  okta     POST /api/v1/authn  200`. */
export function renderCall({ at, server, method, path, action, status }: Call): string {
  const what = action === undefined ? `${method} ${path}` : `${method} ${path} ${action}`;
  return `${at.toTimeString().slice(0, 8)}  ${server.padEnd(7)}  ${what}  ${status}`;
}
