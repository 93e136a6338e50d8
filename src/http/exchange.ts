/**
 * One request and its reply over Node's own http and https. Node's fetch takes neither a proxy nor certificate authorities, and to load it takes
 * a tenth of a whole run's time.
 */
import { once } from "node:events";
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import type { RemoteError } from "../errors.ts";
import { connect, type Route } from "./connect.ts";
import { chooseProxy, type ForwardProxy } from "./proxy.ts";
import { sent } from "./sent.ts";
import { openPlain } from "./sockets.ts";
import { type Asking, askProxy, proxyRefused, proxyUnnamed, proxyUnreachable } from "./tunnel.ts";
import { unreadableReply } from "./unreadable.ts";

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
  readonly body: Readable;
}

/** In the shape that fetch gives them: names in any case, and of what came twice one value with commas, but for cookies. */
export type ReplyHeaders = Pick<Headers, "get" | "has" | "getSetCookie"> & Iterable<[string, string]>;

export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** Connections are kept for the requests that follow. */
export function createExchange(route: Route): Exchange {
  const agents = { http: createHttpAgent(), https: createHttpsAgent(route) };
  return async ({ method, url, headers, body, signal }) => {
    const options = {
      method,
      headers: { accept: "*/*", ...headers, "accept-encoding": "gzip" },
      signal,
      until: signal,
    };
    const isSecure = url.protocol === "https:";
    const { proxy } = isSecure ? {} : chooseProxy(url, route.env);
    if (proxy !== undefined) return exchangeByProxy(proxy, url, { options, body, route });
    const request = isSecure
      ? https.request(url, { ...options, agent: agents.https })
      : http.request(url, { ...options, agent: agents.http });
    return refuse407(await exchange(request, url, body), () => proxyUnnamed(url.host));
  };
}

/** What ends a request, under a name of our own: Node keeps `signal` from the agent. */
interface Cancellable {
  readonly until?: AbortSignal;
}

function createHttpAgent(): http.Agent {
  const agent = new http.Agent({ keepAlive: true });
  agent.createConnection = ({ host, port }: RequestOptions) => openPlain({ host: host ?? "", port: Number(port) });
  return agent;
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

async function exchange(request: ClientRequest, { host }: URL, body: string | undefined): Promise<Incoming> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once("response", (reply) => {
      // One that ends with its connection would look whole wherever that was cut. What follows a whole one is none of its bytes.
      request.on("error", (error) => reply.complete || reply.destroy(error));
      resolve(reply);
    });
    // Another protocol, which nobody asked for: there is no response then, and no error.
    request.once("upgrade", (reply, socket) => {
      socket.destroy();
      resolve(reply);
    });
    request.once("finish", () => sent.publish(undefined));
    request.on("error", reject);
    request.end(body);
  });
  const { statusCode: status = 0 } = message;
  if (status < 200 || status > 599) {
    message.destroy();
    throw unreadableReply(host, `status ${status}`);
  }
  return { status, headers: headersOf(message), body: await unpack(message, host) };
}

interface Asked {
  readonly options: Asking;
  readonly body: string | undefined;
  readonly route: Route;
}

/** Plain http, which only this machine is asked by. @see https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
async function exchangeByProxy(proxy: ForwardProxy, url: URL, { options, body, route }: Asked): Promise<Incoming> {
  const headers = { ...options.headers, host: url.host };
  const request = askProxy(proxy, route.secureContext, { ...options, path: `${url.origin}${url.pathname}${url.search}`, headers });
  const reply = await exchange(request, url, body).catch((error: unknown) => {
    throw options.signal?.aborted === true ? error : proxyUnreachable(proxy, error);
  });
  return refuse407(reply, () => proxyRefused(proxy, 407, url.host));
}

/** Only proxies say that. */
function refuse407(reply: Incoming, refusal: () => RemoteError): Incoming {
  if (reply.status !== 407) return reply;
  reply.body.destroy();
  throw refusal();
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

/** What may have been done to a reply for the way, and more than was asked for: some servers do not look at that. */
const UNPACKERS = { gzip: "createUnzip", "x-gzip": "createUnzip", deflate: "createUnzip", br: "createBrotliDecompress" } as const;
const isKnown = (coding: string): coding is keyof typeof UNPACKERS => Object.hasOwn(UNPACKERS, coding);

/** @throws RemoteError `UNREADABLE` */
async function unpack(message: IncomingMessage, host: string): Promise<Readable> {
  const codings = (message.headers["content-encoding"] ?? "").toLowerCase().split(/[\s,]+/);
  const done = codings.filter((coding) => coding !== "" && coding !== "identity");
  if (done.length === 0) return message;
  await Promise.race([once(message, "readable"), once(message, "end")]);
  // There was nothing to be packed, whatever is said of it.
  if (message.readableLength === 0) return message;
  const zlib = await import("node:zlib");
  return done.reduceRight<Readable>((from, coding) => {
    if (!isKnown(coding)) {
      message.destroy();
      throw unreadableReply(host, `packed as ${coding}, which was not asked for`);
    }
    const to = zlib[UNPACKERS[coding]]();
    from.on("error", (error) => to.destroy(error));
    to.on("close", () => from.destroy());
    return from.pipe(to);
  }, message);
}
