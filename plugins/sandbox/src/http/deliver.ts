import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import zlib from "node:zlib";
import type { Encoding } from "../scenario.ts";
import type { Fate, Reply } from "./message.ts";

const PACKERS = {
  gzip: () => zlib.createGzip({ level: 1 }),
  deflate: () => zlib.createDeflate({ level: 1 }),
  br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: () => zlib.createZstdCompress(),
} as const satisfies Readonly<Record<Encoding, () => NodeJS.ReadWriteStream>>;

const MEBIBYTE = Buffer.alloc(1024 * 1024, " ");

/** Sends what a fault has made of a reply. @param stopListening for a reply that is the server's last */
export async function deliver(outgoing: ServerResponse, reply: Reply, { fate = {}, stopListening }: Delivery): Promise<void> {
  const { wire } = fate;
  if (wire === "reset") outgoing.socket?.resetAndDestroy();
  if (wire === "hang" || wire === "reset") return;
  for (const [name, value] of Object.entries(reply.headers)) outgoing.setHeader(name, typeof value === "string" ? value : [...value]);
  if (fate.mebibytes !== undefined || fate.encodings !== undefined) return sendPacked(outgoing, reply, fate);
  const body = Buffer.from(reply.body);
  if (wire === "said-shorter") {
    sendWithRest(outgoing, reply.status, body);
    return;
  }
  if (wire === "last") {
    stopListening();
    outgoing.setHeader("connection", "close");
  }
  const length = wire === "said-longer" ? body.length * 2 + 1 : body.length;
  if (reply.status !== 204) outgoing.setHeader("content-length", length);
  outgoing.writeHead(reply.status);
  if (wire === "trickle") return trickle(outgoing, body);
  if (wire === "cut" || wire === "said-longer") cut(outgoing, wire === "cut" ? body.subarray(0, body.length / 2) : body);
  else outgoing.end(body);
}

export interface Delivery {
  readonly fate: Fate | undefined;
  readonly stopListening: () => void;
}

async function sendPacked(outgoing: ServerResponse, reply: Reply, { mebibytes, encodings = [] }: Fate): Promise<void> {
  if (encodings.length > 0) outgoing.setHeader("content-encoding", encodings.join(", "));
  outgoing.writeHead(reply.status);
  const body = mebibytes === undefined ? [Buffer.from(reply.body)] : blank(mebibytes);
  // Whoever has had enough hangs up.
  await pipeline([Readable.from(body), ...encodings.map((name) => PACKERS[name]()), outgoing]).catch(() => undefined);
}

function* blank(mebibytes: number): Iterable<Buffer> {
  for (let i = 0; i < mebibytes; i++) yield MEBIBYTE;
}

/** Past Node's own count of what it sends. */
function sendWithRest(outgoing: ServerResponse, status: number, body: Buffer): void {
  const half = Math.floor(body.length / 2);
  outgoing.setHeader("content-length", half);
  outgoing.writeHead(status);
  outgoing.write(body.subarray(0, half));
  outgoing.socket?.write(body.subarray(half));
}

async function trickle(outgoing: ServerResponse, body: Buffer): Promise<void> {
  for (const byte of body) {
    if (outgoing.destroyed) return;
    outgoing.write(Uint8Array.of(byte));
    await sleep(1000, undefined, { ref: false });
  }
  outgoing.end();
}

function cut(outgoing: ServerResponse, body: Buffer): void {
  outgoing.write(body, () => outgoing.destroy());
}
