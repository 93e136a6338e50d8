import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createSend } from "../../src/http/send.ts";
import { failureOf } from "../support/failure.ts";
import { reply, type Server, useServer } from "../support/server.ts";
import { createWorld } from "../support/world.ts";

function sendTo({ url }: Pick<Server, "url">, world = createWorld()) {
  const send = createSend(world, { userAgent: "test/1", signal: world.signal });
  return send({ method: "GET", url, headers: {}, repeatable: false });
}

test("requests share a connection", async () => {
  const ports: (number | undefined)[] = [];
  const server = await useServer((response) => {
    ports.push(response.socket?.remotePort);
    response.end("x");
  });
  const world = createWorld();
  for (let i = 0; i < 3; i++) await sendTo(server, world);
  expect([ports.length, new Set(ports).size]).toEqual([3, 1]);
});

test.each([
  ["gzip", gzipSync],
  ["x-gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
  ["Gzip, identity", gzipSync],
  ["deflate, gzip", (text: string) => gzipSync(deflateSync(text))],
])("a reply in %s is unpacked", async (encoding, pack) => {
  const server = await useServer((response) => void response.setHeader("content-encoding", encoding).end(pack("grüße 😀")));
  expect((await sendTo(server)).text).toBe("grüße 😀");
});

test("headers have names in any case, and of what comes twice one value; cookies come one by one", async () => {
  const cookies = ["a=1", "b=2; Expires=Wed, 21 Oct 2026"];
  const server = await useServer((response) => void response.setHeader("set-cookie", cookies).setHeader("X-Two", ["1", "2"]).end());
  const { headers } = await sendTo(server);
  expect([headers.get("x-TWO"), headers.has("X-two"), headers.get("x-three"), headers.has("x-three")]).toEqual(["1, 2", true, null, false]);
  expect(headers.getSetCookie()).toEqual(cookies);
  expect([...headers].filter(([name]) => /two|cookie/.test(name))).toEqual([
    ...cookies.map((line) => ["set-cookie", line]),
    ["x-two", "1, 2"],
  ]);
});

test.each([204, 205, 302, 304])("a reply of status %i is one, and is followed nowhere", async (status) => {
  const server = await useServer(reply(status, "", { location: "/elsewhere" }));
  expect(await sendTo(server)).toMatchObject({ status, text: "" });
  expect(server.seen.length).toBe(1);
});

test.each([
  ["is cut off", (response: ServerResponse) => void response.writeHead(200, { "content-length": 9 }).write("x", () => response.destroy())],
  [
    "is packed and cut off",
    (response: ServerResponse) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(99)).subarray(0, 20)),
  ],
  ["is not packed as it says", (response: ServerResponse) => void response.writeHead(200, { "content-encoding": "gzip" }).end("x")],
  ["is no HTTP", (response: ServerResponse) => void response.socket?.end("220 smtp.example.com\r\n")],
])("a reply that %s is an error", async (_, answer) => {
  const server = await useServer(answer);
  expect(await failureOf(() => sendTo(server))).toMatchObject({ name: "RemoteError", code: "UNREACHABLE" });
});

test.each([
  ["gzip", 204, {}],
  ["gzip", 304, {}],
  ["gzip", 200, { "content-length": "0" }],
])("a reply without a body is one, though it says that it is in %s: status %i, %j", async (encoding, status, headers) => {
  const server = await useServer(reply(status, "", { "content-encoding": encoding, ...headers }));
  expect(await sendTo(server)).toMatchObject({ status, text: "" });
});

test("a server that turns to another protocol is an error", async () => {
  const turn = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
  const server = await useServer((response) => void response.socket?.write(turn));
  expect(await failureOf(() => sendTo(server))).toMatchObject({ name: "RemoteError", code: "UNREACHABLE" });
});

test.each([true, false])(
  "a reply that would end with its connection is not whole where we ended that (Ctrl-C: %s)",
  async (isCancelled) => {
    const world = createWorld();
    const server = await useServer((response) => {
      response.socket?.write("HTTP/1.1 200 OK\r\n\r\n{}");
      if (isCancelled) setTimeout(world.cancel, 100);
    });
    const send = createSend(world, { userAgent: "test/1", signal: world.signal, timeoutMs: 500 });
    const asked = () => send({ method: "GET", url: server.url, headers: {}, repeatable: false });
    expect((await failureOf(asked)).code).toBe(isCancelled ? "CANCELLED" : "TIMED_OUT");
  },
);

test("nor one whose connection was cut", async () => {
  const server = await useServer(({ socket }) => {
    socket?.write("HTTP/1.1 200 OK\r\n\r\n{}");
    setTimeout(() => socket?.resetAndDestroy(), 50);
  });
  expect(await failureOf(() => sendTo(server))).toMatchObject({ name: "RemoteError", code: "UNREACHABLE" });
});

test("a proxy that nobody named and that asks for a password is told of", async () => {
  const server = await useServer(reply(407));
  const message = `a proxy before ${server.url.host} asks for a user name and a password`;
  expect(await failureOf(() => sendTo(server))).toMatchObject({ code: "PROXY_REFUSED", message });
});

test("a reply that is packed in another way than was asked for says so", async () => {
  const server = await useServer((response) => void response.writeHead(200, { "content-encoding": "zstd" }).end("x"));
  const message = `${server.url.host} sent a reply packed as zstd, which was not asked for`;
  expect(await failureOf(() => sendTo(server))).toMatchObject({ code: "UNREADABLE", message });
});
