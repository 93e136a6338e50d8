/** The way to a host through a proxy. Node's own agents know proxies, but a signal does not end a tunnel of theirs that hangs. */
import http, { type ClientRequest, type RequestOptions } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import type { SecureContext } from "node:tls";
import { RemoteError } from "../errors.ts";
import { certificateProblem } from "./certificate.ts";
import { authorizationFor, type ForwardProxy } from "./proxy.ts";
import { type Address, openPlain, openSecure } from "./sockets.ts";
import { unreadable } from "./unreadable.ts";

export interface TunnelOptions {
  /** `acme.okta.com:443` */
  readonly target: string;
  /** Whom to believe where the proxy itself is spoken to over TLS. */
  readonly secureContext: SecureContext;
  readonly signal: AbortSignal | undefined;
}

/**
 * Asks a proxy to connect to a host.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 * @throws RemoteError `PROXY_REFUSED`, `UNREACHABLE`, `UNREADABLE`, `CERTIFICATE_REFUSED`, or `TIMED_OUT` when the signal is aborted
 */
export function openTunnel(proxy: ForwardProxy, { target, secureContext, signal }: TunnelOptions): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const request = askProxy(proxy, secureContext, {
      method: "CONNECT",
      path: target,
      headers: { host: target },
      ...(signal === undefined ? {} : { signal }),
    });
    request.once("connect", (response, socket, head) => {
      const { statusCode = 0 } = response;
      if (statusCode >= 200 && statusCode < 300) {
        socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(proxyRefused(proxy, statusCode, target));
      }
    });
    request.once("error", (error) => reject(signal?.aborted === true ? proxySilent(proxy, error) : proxyUnreachable(proxy, error)));
    request.end();
  });
}

/** A request to the proxy itself, over a connection of its own. */
export function askProxy(proxy: ForwardProxy, secureContext: SecureContext, options: Asking): ClientRequest {
  const address = addressOf(proxy);
  const isSecure = proxy.url.protocol === "https:";
  return (isSecure ? https : http).request({
    ...options,
    ...address,
    headers: { ...options.headers, ...authorizationFor(proxy) },
    createConnection: () => (isSecure ? openSecure(address, { secureContext }) : openPlain(address)),
  });
}

export type Asking = Omit<RequestOptions, "headers"> & { readonly headers: Readonly<Record<string, string>> };

/** Where a proxy listens. */
function addressOf({ url }: ForwardProxy): Address {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port };
}

export function proxyRefused(proxy: ForwardProxy, status: number, target: string): RemoteError {
  const { shown, from, url } = proxy;
  if (status !== 407)
    return new RemoteError(`the proxy ${shown} (${from}) does not let you through to ${target}: status ${status}`, {
      code: "PROXY_REFUSED",
      hint: "ask whoever runs the proxy, or add the host to NO_PROXY if it can be reached without",
    });
  if (url.username === "" && url.password === "")
    return new RemoteError(`the proxy ${shown} (${from}) asks for a user name and a password`, {
      code: "PROXY_REFUSED",
      hint: `write them into ${from}: ${url.protocol}//USER:PASSWORD@${url.host}`,
    });
  return new RemoteError(`the proxy ${shown} (${from}) does not take the user name and password that it was given`, {
    code: "PROXY_REFUSED",
    hint: `correct them in ${from}, with %23 for # and %40 for @ in the password; only Basic authentication is spoken`,
  });
}

/** One that stands in the way without being named. */
export function proxyUnnamed(host: string): RemoteError {
  return new RemoteError(`a proxy before ${host} asks for a user name and a password`, {
    code: "PROXY_REFUSED",
    hint: "name it, with both: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
  });
}

function proxySilent({ shown, from }: ForwardProxy, cause: unknown): RemoteError {
  return new RemoteError(`the proxy ${shown} (${from}) did not answer in time`, {
    code: "TIMED_OUT",
    hint: `check ${from} and the network`,
    cause,
  });
}

/** What is not reached, a proxy's too, may be asked again. */
export function proxyUnreachable(proxy: ForwardProxy, error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  const { shown, from } = proxy;
  const unread = unreadable(`the proxy ${shown} (${from})`, error, `check that ${from} names an HTTP proxy, and its scheme`);
  if (unread !== undefined) return unread;
  const problem = certificateProblem(error);
  if (problem !== undefined)
    return new RemoteError(`the certificate of the proxy ${shown} (${from}) is not trusted here: ${problem.code}`, {
      code: "CERTIFICATE_REFUSED",
      hint: "give the authority that signed it with --ca-bundle FILE",
      cause: error,
    });
  const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
  return new RemoteError(`cannot reach the proxy ${shown} (${from}): ${code}`, {
    code: "UNREACHABLE",
    hint: `check ${from} and the network`,
    cause: error,
  });
}
