import { once } from "node:events";
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createCertificate } from "../../plugins/sandbox/src/http/certificate.ts";

export interface ProxyOptions {
  /** `user:password`, without which nobody is let through. */
  readonly pair?: string;
  /** What every tunnel is answered with, in place of being opened; `nothing` leaves it unanswered. */
  readonly answer?: string;
  /** The status of a tunnel that is opened. */
  readonly opened?: string;
  /** Whether it is spoken to over TLS. */
  readonly tls?: boolean;
}

export interface RunningProxy {
  /** `127.0.0.1:41234` */
  readonly host: string;
  /** What went through or was refused, in order: `CONNECT localhost:41000`, `POST http://127.0.0.1:41000/api/v1/authn`. */
  readonly asked: readonly string[];
  /** The file of the authority that signed for it, with `tls`. */
  readonly authority: string | undefined;
  readonly close: () => Promise<void>;
}

/** A proxy as companies have one: tunnels for https, whole URLs for http. */
export async function startProxy({
  pair,
  answer,
  opened = "200 Connection established",
  tls = false,
}: ProxyOptions = {}): Promise<RunningProxy> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const isWelcome = ({ headers }: IncomingMessage): boolean =>
    pair === undefined || headers["proxy-authorization"] === `Basic ${Buffer.from(pair).toString("base64")}`;
  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(`${request.method} ${request.url}`);
    if (!isWelcome(request)) return void response.writeHead(407, { "proxy-authenticate": "Basic" }).end("who are you?");
    const { "proxy-authorization": _authorization, ...headers } = request.headers;
    const onward = ask(request.url ?? "", { method: request.method ?? "GET", headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  };
  const certificate = tls ? await createCertificate(undefined, "the proxy's authority") : undefined;
  const server = certificate === undefined ? createServer(forward) : createTlsServer(certificate, forward);
  server.on("connect", (request: IncomingMessage, socket: Duplex) => {
    asked.push(`CONNECT ${request.url}`);
    if (answer === "nothing") return;
    if (answer !== undefined) return void socket.end(answer);
    if (!isWelcome(request)) return void socket.end("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
    openTo(request.url ?? "", socket, opened);
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await certificate?.remove();
  };
  const address = server.address();
  return {
    host: `127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    asked,
    authority: certificate?.authorityPath,
    close,
  };
}

/** `localhost` is 127.0.0.1 here, where the sandbox listens. */
function openTo(target: string, socket: Duplex, status: string): void {
  const { port } = new URL(`http://${target}`);
  const onward = connect(Number(port), "127.0.0.1", () => {
    socket.write(`HTTP/1.1 ${status}\r\n\r\n`);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
  socket.on("close", () => onward.destroy());
}
