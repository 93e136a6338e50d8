/**
 * Which proxy a URL is asked through. The variables mean what they mean to Python's requests, which the original asks with, and to curl: the
 * name in lower case counts before the one in capitals, an empty one is none, and this machine itself is asked through the proxy too unless
 * NO_PROXY names it.
 *
 * @see https://docs.python-requests.org/en/latest/user/advanced/#proxies
 * @see https://everything.curl.dev/usingcurl/proxies/env.html
 */
import { UsageError } from "../errors.ts";
import { isLoopback } from "../partitions.ts";
import type { World } from "../world.ts";
import { isExcepted } from "./no-proxy.ts";

export interface ForwardProxy {
  /** With the user name and password, if there are any. */
  readonly url: URL;
  /** Without them: `http://proxy.acme.com:8080`. */
  readonly shown: string;
  /** The variable: `HTTPS_PROXY`. */
  readonly from: string;
}

export interface ProxyChoice {
  readonly proxy: ForwardProxy | undefined;
  /** The variable that keeps the URL from the proxy that is set: `NO_PROXY`. */
  readonly exceptedBy: string | undefined;
}

/** @throws UsageError `OPTION_INVALID` for what is no proxy, `PROXY_UNSAFE` for one that would see what is not encrypted */
export function chooseProxy(url: URL, env: World["env"]): ProxyChoice {
  const found = readVariable(env, url.protocol === "http:" ? "http_proxy" : "https_proxy") ?? readVariable(env, "all_proxy");
  if (found === undefined || found.value === "") return { proxy: undefined, exceptedBy: undefined };
  const exceptions = readVariable(env, "no_proxy");
  if (exceptions !== undefined && isExcepted(url, exceptions.value)) return { proxy: undefined, exceptedBy: exceptions.name };
  const proxy = parseProxy(found);
  if (url.protocol === "http:" && !isLoopback(proxy.url.hostname))
    throw new UsageError(`${proxy.shown} (${proxy.from}) would see what is sent to ${url.host}, which is not encrypted`, {
      code: "PROXY_UNSAFE",
      hint: `add ${url.hostname} to NO_PROXY`,
    });
  return { proxy, exceptedBy: undefined };
}

/** What a proxy is told of the person, if anything. @see https://www.rfc-editor.org/rfc/rfc9110#name-proxy-authorization */
export function authorizationFor({ url }: ForwardProxy): Readonly<Record<string, string>> {
  if (url.username === "" && url.password === "") return {};
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

function readVariable(env: World["env"], lowerCase: string): Variable | undefined {
  const name = [lowerCase, lowerCase.toUpperCase()].find((candidate) => env[candidate] !== undefined);
  return name === undefined ? undefined : { name, value: (env[name] ?? "").trim() };
}

/** An address without a scheme is one of an http proxy. The value is not repeated: what is not readable in it may be a password. */
function parseProxy({ name, value }: Variable): ForwardProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A password with a # or a / that is not written as %23 or %2F ends the address too soon.
  if (url === undefined || !/^https?:$/.test(url.protocol) || `${url.pathname}${url.search}${url.hash}`.includes("@"))
    throw new UsageError(`${name} must be the address of an http or https proxy`, {
      code: "OPTION_INVALID",
      hint: "write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %23 for # and %40 for @ in a password",
    });
  return { url, shown: url.origin, from: name };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
