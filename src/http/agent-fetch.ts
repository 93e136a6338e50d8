/** fetch over Node's own http and https, for a network with a proxy or certificate authorities of its own: Node's fetch takes neither. */
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { createUnzip } from "node:zlib";
import { connect, type Route } from "./connect.ts";
import { authorizationFor, chooseProxy, type ForwardProxy } from "./proxy.ts";
import { addressOf, proxyRefused, proxyUnreachable, requestOf } from "./tunnel.ts";

/** A request is sent whole, and where its reply leads to is not followed. */
export function createAgentFetch(route: Route): typeof fetch {
  const agents = { http: new http.Agent({ keepAlive: true }), https: createHttpsAgent(route) };
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const options: RequestOptions & Cancellable = {
      method: request.method,
      headers: { accept: "*/*", ...Object.fromEntries(request.headers), "accept-encoding": "gzip, deflate" },
      signal: request.signal,
      until: request.signal,
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

/** Connections are kept for the requests that follow. */
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

function exchange(request: ClientRequest, body: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    request.once("response", (message) => resolve(asResponse(message)));
    request.on("error", reject);
    request.end(body.length === 0 ? undefined : body);
  });
}

interface Asked {
  readonly options: RequestOptions;
  readonly body: Buffer;
  readonly route: Route;
}

/** Plain http, which only this machine is asked by. @see https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
async function askProxy(proxy: ForwardProxy, url: URL, { options, body, route }: Asked): Promise<Response> {
  const request = requestOf(proxy)({
    ...options,
    ...addressOf(proxy),
    path: url.href,
    headers: { ...options.headers, host: url.host, ...authorizationFor(proxy) },
    ...(proxy.url.protocol === "https:" ? { secureContext: route.secureContext } : {}),
  });
  const response = await exchange(request, body).catch((error: unknown) => {
    throw options.signal?.aborted === true ? error : proxyUnreachable(proxy, error);
  });
  if (response.status === 407) throw proxyRefused(proxy, 407, url.host);
  return response;
}

function asResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct)) for (const value of values) headers.append(name, value);
  const status = message.statusCode ?? 0;
  if (status === 204 || status === 205 || status === 304) {
    message.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(unpacked(message)) as ReadableStream<Uint8Array>, { status, headers });
}

/** As it was before it was packed for the way. */
function unpacked(message: IncomingMessage): Readable {
  if (!/^(?:x-)?(?:gzip|deflate)$/i.test(message.headers["content-encoding"] ?? "")) return message;
  const unzip = createUnzip();
  message.on("error", (error) => unzip.destroy(error));
  unzip.on("close", () => message.destroy());
  return message.pipe(unzip);
}
