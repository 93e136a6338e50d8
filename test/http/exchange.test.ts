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

/** Sends this and nothing else, byte for byte, and leaves the connection open. */
const writes = (text: string) => (response: ServerResponse) => void response.socket?.write(text);

test("a reply whose connection is cut has not reached us", async () => {
  const server = await useServer(
    (response) => void response.writeHead(200, { "content-length": 9 }).write("x", () => response.destroy()),
    (response) =>
      void response
        .writeHead(200, { "content-encoding": "gzip" })
        .write(gzipSync("x".repeat(99)).subarray(0, 20), () => response.destroy()),
  );
  for (const _ of [1, 2]) expect(await failureOf(() => sendTo(server))).toMatchObject({ code: "UNREACHABLE" });
});

test.each([
  [
    "is packed and not whole",
    (response: ServerResponse) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(99)).subarray(0, 20)),
    "Z_BUF_ERROR",
  ],
  [
    "is not packed as it says",
    (response: ServerResponse) => void response.writeHead(200, { "content-encoding": "gzip" }).end("x".repeat(99)),
    "Z_DATA_ERROR",
  ],
  [
    "is not packed as it says, in br",
    (response: ServerResponse) => void response.writeHead(200, { "content-encoding": "br" }).end("x".repeat(99)),
    /^ERR_[A-Z_0-9]*PADDING[A-Z_0-9]*$/,
  ],
  ["is no HTTP", writes("220 smtp.example.com\r\n"), "HPE_INVALID_CONSTANT"],
  ["has lengths that are none", writes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "HPE_INVALID_CHUNK_SIZE"],
  ["has headers without end", writes(`HTTP/1.1 200 OK\r\n${"X: y\r\n".repeat(20_000)}`), "HPE_HEADER_OVERFLOW"],
  ["turns to another protocol", writes("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), "status 101"],
  ["turns to none", writes("HTTP/1.1 101 Switching\r\n\r\n"), "status 101"],
  ["has a status that is none", writes("HTTP/1.1 700 Seven\r\nContent-Length: 0\r\n\r\n"), "status 700"],
])("a reply that %s cannot be read, which is not said to be a matter of the network", async (_, answer, reason) => {
  const server = await useServer(answer);
  const failure = await failureOf(() => sendTo(server));
  expect(failure).toMatchObject({ name: "RemoteError", code: "UNREADABLE" });
  expect(failure.message).toMatch(`${server.url.host} sent a reply that cannot be read: `);
  expect(failure.message.split(": ")[1]).toMatch(reason);
});

test("a reply ends where it says, whatever follows", async () => {
  const server = await useServer(writes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}and more"));
  expect(await sendTo(server)).toMatchObject({ status: 200, text: "{}" });
});

test.each([
  ["gzip", 204, {}],
  ["gzip", 304, {}],
  ["gzip", 200, { "content-length": "0" }],
  ["gzip", 302, {}],
  ["br", 200, {}],
  ["gzip, br", 200, {}],
])("a reply without a body is one, though it says that it is in %s: status %i, %j", async (encoding, status, headers) => {
  const server = await useServer(reply(status, "", { "content-encoding": encoding, ...headers }));
  expect(await sendTo(server)).toMatchObject({ status, text: "" });
});

test("a proxy of plain http is asked for what a server is: no user name, no fragment", async () => {
  const proxy = await useServer(reply(200, "x"));
  const world = createWorld({ env: { HTTP_PROXY: proxy.origin } });
  expect((await sendTo({ url: new URL("http://jdoe:s3cret@127.0.0.1:1/a?b=c#d") }, world)).text).toBe("x");
  expect(proxy.seen.map(({ path }) => path)).toEqual(["http://127.0.0.1:1/a?b=c"]);
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
  const message = `${server.url.host} sent a reply that cannot be read: packed as zstd, which was not asked for`;
  expect(await failureOf(() => sendTo(server))).toMatchObject({ code: "UNREADABLE", message });
});
