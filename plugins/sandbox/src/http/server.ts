import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { deliver } from "./deliver.ts";
import type { Reply, Request } from "./message.ts";

export interface Listener {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  readonly port: number;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
  readonly latencyMs: number;
  readonly handle: (request: Request) => Reply;
}

const LARGEST_BODY = 1_000_000;

/** Serves a handler on the loopback address. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const stopListening = (): void => void server.close();
  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    void answer(incoming, outgoing, { ...options, stopListening });
  const server: Server = options.tls === undefined ? createHttpServer(serve) : createHttpsServer(options.tls, serve);
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return { port: portOf(server), close: () => close(server) };
}

type Serving = ListenOptions & { readonly stopListening: () => void };

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, options: Serving): Promise<void> {
  const { stopListening } = options;
  try {
    const body = await readBody(incoming);
    if (body === undefined) {
      outgoing.writeHead(413, { connection: "close" }).end();
      return;
    }
    if (options.latencyMs > 0) await sleep(options.latencyMs);
    const reply = options.handle(readRequest(incoming, body, options.tls === undefined ? "http" : "https"));
    await deliver(outgoing, incoming.method === "HEAD" ? { ...reply, body: "" } : reply, { fate: reply.fate, stopListening });
  } catch (error) {
    if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "text/plain" });
    outgoing.end(error instanceof Error ? `the sandbox failed: ${error.message}` : "the sandbox failed");
  }
}

/** @returns undefined when it is too large */
async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  return size <= LARGEST_BODY ? Buffer.concat(chunks).toString("utf8") : undefined;
}

function readRequest(incoming: IncomingMessage, body: string, scheme: string): Request {
  const origin = `${scheme}://${incoming.headers.host ?? "127.0.0.1"}`;
  const url = new URL(incoming.url ?? "/", origin);
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string | undefined] => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body,
    origin,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  if (!server.listening) {
    server.closeAllConnections();
    return;
  }
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
