/**
 * One request and its reply over Node's own http and https. Node's fetch takes neither a proxy nor certificate authorities, and to load it takes
 * a tenth of a whole run's time.
 */
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { connect, type Route } from "./connect.ts";
import { authorizationFor, chooseProxy, type ForwardProxy } from "./proxy.ts";
import { addressOf, proxyRefused, proxyUnreachable, requestOf } from "./tunnel.ts";

/** A request as it goes out, whole. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** Its reply, unpacked; where that leads to is not followed. Whoever leaves its body before the end closes the connection. */
export interface Incoming {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

/** In the shape that fetch gives them: names in any case, and of what came twice one value with commas, but for cookies. */
export type ReplyHeaders = Pick<Headers, "get" | "has" | "getSetCookie"> & Iterable<[string, string]>;

export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** Connections are kept for the requests that follow. */
export function createExchange(route: Route): Exchange {
  const agents = { http: new http.Agent({ keepAlive: true }), https: createHttpsAgent(route) };
  return async ({ method, url, headers, body, signal }) => {
    const options: RequestOptions & Cancellable = {
      method,
      headers: { accept: "*/*", ...headers, "accept-encoding": "gzip, deflate" },
      signal,
      until: signal,
    };
    if (url.protocol === "https:") return exchange(https.request(url, { ...options, agent: agents.https }), body);
    const { proxy } = chooseProxy(url, route.env);
    if (proxy !== undefined) return askProxy(proxy, url, { options, body, route });
    return exchange(http.request(url, { ...options, agent: agents.http }), body);
  };
}

/** What ends a request, under a name of our own: Node keeps `signal` from the agent. */
interface Cancellable {
  readonly until?: AbortSignal;
}

function createHttpsAgent(route: Route): https.Agent {
  const agent = new https.Agent({ keepAlive: true });
  agent.createConnection = (options, done) => {
    const { host, port, until: signal } = options as RequestOptions & Cancellable;
    void connect({ host: host ?? "", port: Number(port), signal }, route).then(
      (socket) => done?.(null, socket),
      // Nobody looks at the stream of one that failed.
      (error: unknown) => done?.(error as Error, new Readable() as never),
    );
    return undefined;
  };
  return agent;
}

async function exchange(request: ClientRequest, body: string | undefined): Promise<Incoming> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    request.on("error", reject);
    request.end(body);
  });
  return { status: message.statusCode ?? 0, headers: headersOf(message), body: await unpack(message) };
}

interface Asked {
  readonly options: RequestOptions;
  readonly body: string | undefined;
  readonly route: Route;
}

/** Plain http, which only this machine is asked by. @see https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
async function askProxy(proxy: ForwardProxy, url: URL, { options, body, route }: Asked): Promise<Incoming> {
  const request = requestOf(proxy)({
    ...options,
    ...addressOf(proxy),
    path: url.href,
    headers: { ...options.headers, host: url.host, ...authorizationFor(proxy) },
    ...(proxy.url.protocol === "https:" ? { secureContext: route.secureContext } : {}),
  });
  const reply = await exchange(request, body).catch((error: unknown) => {
    throw options.signal?.aborted === true ? error : proxyUnreachable(proxy, error);
  });
  if (reply.status === 407) throw proxyRefused(proxy, 407, url.host);
  return reply;
}

function headersOf({ headersDistinct: values }: IncomingMessage): ReplyHeaders {
  const get = (name: string) => values[name.toLowerCase()]?.join(", ") ?? null;
  return {
    get,
    has: (name) => get(name) !== null,
    getSetCookie: () => values["set-cookie"] ?? [],
    *[Symbol.iterator]() {
      for (const [name, several = []] of Object.entries(values))
        for (const value of name === "set-cookie" ? several : [several.join(", ")]) yield [name, value] as [string, string];
    },
  };
}

/** As it was before it was packed for the way. */
async function unpack(message: IncomingMessage): Promise<Readable> {
  if (!/^(?:x-)?(?:gzip|deflate)$/i.test(message.headers["content-encoding"] ?? "")) return message;
  const { createUnzip } = await import("node:zlib");
  const unzip = createUnzip();
  message.on("error", (error) => unzip.destroy(error));
  unzip.on("close", () => message.destroy());
  return message.pipe(unzip);
}
