import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { rootCertificates } from "node:tls";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { createNetwork } from "../../src/http/network.ts";
import { createSend, type Request } from "../../src/http/send.ts";
import { failureOf } from "../support/failure.ts";
import { reply, type Server, useServer } from "../support/server.ts";
import { createWorld, type TestWorld } from "../support/world.ts";

const folder = mkdtempSync(path.join(tmpdir(), "aop-agent-fetch-"));
const bundle = { file: path.join(folder, "one.pem"), from: "--ca-bundle" };
writeFileSync(bundle.file, rootCertificates[0] ?? "");
afterAll(() => rmSync(folder, { recursive: true }));

/** A world where Node's own fetch is not the way, and is not to be taken. */
function createFarWorld(): TestWorld {
  const fetch = () => Promise.reject(new Error("Node's fetch was asked"));
  return createWorld({ fetch: createNetwork({ ...createWorld(), fetch }, bundle).fetch });
}

function sendTo({ url }: Pick<Server, "url">, request: Partial<Request> = {}, world: TestWorld = createFarWorld()) {
  const send = createSend(world, { userAgent: "test/1", signal: world.signal });
  return send({ method: "GET", url, headers: {}, repeatable: false, ...request });
}

test("a request goes out as it was written", async () => {
  const server = await useServer(reply(201, "ja: jürgen", { "x-a": "b" }));
  const request = { method: "POST", headers: { cookie: "sid=1", "content-type": "application/json" }, body: '{"ü":1}' } as const;
  const { status, text, headers } = await sendTo({ url: new URL("/api?x=1", server.url) }, request);
  expect([status, text, headers.get("x-a")]).toEqual([201, "ja: jürgen", "b"]);
  expect(server.seen).toMatchObject([
    {
      method: "POST",
      path: "/api?x=1",
      body: '{"ü":1}',
      headers: { host: server.url.host, "user-agent": "test/1", "accept-language": "en-US", cookie: "sid=1", "content-length": "8" },
    },
  ]);
});

test("requests share a connection", async () => {
  const ports: (number | undefined)[] = [];
  const server = await useServer((response) => {
    ports.push(response.socket?.remotePort);
    response.end("x");
  });
  const world = createFarWorld();
  for (let i = 0; i < 3; i++) await sendTo(server, {}, world);
  expect([ports.length, new Set(ports).size]).toEqual([3, 1]);
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
])("a reply in %s is unpacked", async (encoding, pack) => {
  const server = await useServer((response) => void response.setHeader("content-encoding", encoding).end(pack("grüße 😀")));
  expect((await sendTo(server)).text).toBe("grüße 😀");
});

test("cookies come one by one", async () => {
  const server = await useServer((response) => void response.setHeader("set-cookie", ["a=1", "b=2; Expires=Wed, 21 Oct 2026"]).end());
  expect((await sendTo(server)).headers.getSetCookie()).toEqual(["a=1", "b=2; Expires=Wed, 21 Oct 2026"]);
});

test.each([204, 205, 302, 304])("a reply of status %i is one, and is followed nowhere", async (status) => {
  const server = await useServer(reply(status, "", { location: "/elsewhere" }));
  expect(await sendTo(server)).toMatchObject({ status, text: "" });
  expect(server.seen.length).toBe(1);
});

test.each([
  ["is too large", (response: ServerResponse) => void response.end("x".repeat(6_000_000)), "TOO_LARGE"],
  [
    "unpacks to too much",
    (response: ServerResponse) => void response.setHeader("content-encoding", "gzip").end(gzipSync("x".repeat(6_000_000))),
    "TOO_LARGE",
  ],
  [
    "is cut off",
    (response: ServerResponse) => void response.writeHead(200, { "content-length": 9 }).write("x", () => response.destroy()),
    "UNREACHABLE",
  ],
  [
    "is packed and cut off",
    (response: ServerResponse) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(99)).subarray(0, 20)),
    "UNREACHABLE",
  ],
  [
    "is not packed as it says",
    (response: ServerResponse) => void response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
    "UNREACHABLE",
  ],
  ["never comes", () => undefined, "TIMED_OUT"],
  ["never ends", (response: ServerResponse) => void response.write("x"), "TIMED_OUT"],
])("a reply that %s is an error", async (_, answer, code) => {
  const server = await useServer(answer);
  const patience = code === "TIMED_OUT" ? { timeoutMs: 500 } : {};
  expect(await failureOf(() => sendTo(server, patience))).toMatchObject({ name: "RemoteError", code });
});

test("Ctrl-C ends what waits", async () => {
  const world = createFarWorld();
  const server = await useServer(() => world.cancel());
  expect(await failureOf(() => sendTo(server, {}, world))).toMatchObject({ name: "CancelledError" });
});
