import { RemoteError } from "../errors.ts";
import { isLoopback } from "../partitions.ts";
import type { Send } from "./send.ts";

export interface ElsewhereRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Who may be asked, and for whom. */
export interface Allowed {
  /** Of the org, which is never asked this way. */
  readonly origin: string;
  readonly plugin: string;
  /** `api.example.com`, or `*.example.com` for whatever is below it. */
  readonly hosts: readonly string[];
}

/**
 * A plugin's own request, through the same door as all others and to the hosts that its package names.
 *
 * @throws RemoteError `OFF_HOST`, and what send throws
 */
export async function fetchElsewhere(
  send: Send,
  { url, method, headers = {}, body }: ElsewhereRequest,
  allowed: Allowed,
): Promise<Response> {
  if (!isAllowed(url, allowed))
    throw new RemoteError(`the sign-in leads to ${url.host}, which ${allowed.plugin} does not speak to; nothing was sent there`, {
      code: "OFF_HOST",
      hint: "check with an administrator whether this host belongs to your organization's sign-in",
    });
  const reply = await send({ method, url, headers, repeatable: false, ...(body === undefined ? {} : { body }) });
  const empty = reply.status === 204 || reply.status === 205 || reply.status === 304;
  return new Response(empty ? null : reply.text, { status: reply.status, headers: new Headers([...reply.headers]) });
}

/** On this machine an org may send people on to this machine: that is how a sandbox is played. */
function isAllowed(url: URL, { origin, hosts }: Allowed): boolean {
  if (url.origin === origin || url.username !== "" || url.password !== "") return false;
  if (isLoopback(new URL(origin).hostname)) return isLoopback(url.hostname);
  return url.protocol === "https:" && url.port === "" && hosts.some((host) => matches(host.toLowerCase(), url.hostname));
}

const matches = (pattern: string, hostname: string): boolean =>
  pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) && hostname.length > pattern.length - 1 : hostname === pattern;
