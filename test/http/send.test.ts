import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createSend, type Request } from "../../src/http/send.ts";
import { failureOf } from "../support/failure.ts";
import { useSandbox } from "../support/sandbox.ts";
import { reply, type Server, useServer } from "../support/server.ts";
import { createWorld, type TestWorld } from "../support/world.ts";

const MEBIBYTE = 1024 * 1024;

/** Sends one request to a server, as a GET that may be repeated where nothing else is told. */
function sendTo({ url }: Pick<Server, "url">, request: Partial<Request> = {}, world: TestWorld = createWorld()) {
  const send = createSend(world, { userAgent: "aws-okta-processor/1.2.3", signal: world.signal });
  return send({ method: "GET", url, headers: {}, repeatable: true, ...request });
}

describe("a request", () => {
  test("goes out as it was written, with our name", async () => {
    const server = await useServer(reply(201, "ja: jürgen", { "x-a": "b" }));
    const url = new URL("/api?x=1", server.url);
    const answer = await sendTo(
      { url },
      { method: "POST", headers: { "content-type": "application/json", cookie: "sid=1" }, body: '{"ü":1}' },
    );
    expect([answer.status, answer.text, answer.headers.get("x-a")]).toEqual([201, "ja: jürgen", "b"]);
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        path: "/api?x=1",
        body: '{"ü":1}',
        headers: {
          "user-agent": "aws-okta-processor/1.2.3",
          "accept-language": "en-US",
          "content-type": "application/json",
          cookie: "sid=1",
          "content-length": "8",
        },
      },
    ]);
  });

  test("carries no cookie that a server has set before", async () => {
    const server = await useServer(reply(200, "", { "set-cookie": "a=b; Path=/" }));
    const world = createWorld();
    const send = createSend(world, { userAgent: "x", signal: world.signal });
    for (let i = 0; i < 2; i++) await send({ method: "GET", url: server.url, headers: {}, repeatable: true });
    expect(server.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  test.each([301, 302, 303, 307, 308])("that is answered with %i is not sent on", async (status) => {
    const elsewhere = await useServer(reply(200));
    const server = await useServer(reply(status, "", { location: elsewhere.origin }));
    const answer = await sendTo(server, { method: "POST", body: "secret" });
    expect([answer.status, answer.headers.get("location"), elsewhere.seen]).toEqual([status, elsewhere.origin, []]);
  });
});

describe("a reply", () => {
  test("of several pieces is one text, wherever it is cut", async () => {
    const server = await useServer((response) => {
      const bytes = Buffer.from("grüße 😀");
      for (const byte of bytes) response.write(Uint8Array.of(byte));
      response.end();
    });
    expect((await sendTo(server)).text).toBe("grüße 😀");
  });

  test("of five mebibytes is read", async () => {
    const server = await useServer(reply(200, "x".repeat(5 * MEBIBYTE)));
    expect((await sendTo(server)).text.length).toBe(5 * MEBIBYTE);
  });

  test.each([
    ["one byte more", (response: Parameters<ReturnType<typeof reply>>[0]) => void response.end("x".repeat(5 * MEBIBYTE + 1))],
    [
      "a few bytes that unpack to more",
      (response: Parameters<ReturnType<typeof reply>>[0]) =>
        void response.setHeader("content-encoding", "gzip").end(gzipSync("x".repeat(6 * MEBIBYTE))),
    ],
    [
      "no end",
      (response: Parameters<ReturnType<typeof reply>>[0]) => {
        // One piece a turn of the event loop: whoever reads is in this process too.
        const more = () => {
          if (response.destroyed) return;
          response.write("x".repeat(65_536));
          setImmediate(more);
        };
        more();
      },
    ],
  ])("of %s is too large, and is not asked for again", async (_, answer) => {
    const server = await useServer(answer);
    expect(await failureOf(() => sendTo(server))).toEqual({
      name: "RemoteError",
      code: "TOO_LARGE",
      message: `${server.url.host} sent more than 5242880 bytes`,
      hint: "check that no proxy answers in its place",
    });
    expect(server.seen.length).toBe(1);
  });
});

describe("a deadline", () => {
  test.each([
    ["does not answer", () => undefined],
    ["stops within its answer", (response: Parameters<ReturnType<typeof reply>>[0]) => void response.writeHead(200).write("x")],
  ])("ends what %s, once and for all", async (_, answer) => {
    const server = await useServer(answer);
    expect(await failureOf(() => sendTo(server, { timeoutMs: 1000 }))).toEqual({
      name: "RemoteError",
      code: "TIMED_OUT",
      message: `${server.url.host} did not answer in time`,
      hint: "try again later, or wait longer with --timeout",
    });
    expect(server.seen.length).toBe(1);
  });
});

describe("a server that is too busy", () => {
  const at = new Date("2030-01-01T00:00:00Z");
  const busy = (resetInSeconds?: number, headers = {}) =>
    reply(429, "", {
      date: at.toUTCString(),
      ...(resetInSeconds === undefined ? {} : { "x-rate-limit-reset": String(at.getTime() / 1000 + resetInSeconds) }),
      ...headers,
    });

  test.each([
    ["until the moment that it names", busy(17), 17_000],
    ["for up to a minute", busy(60), 60_000],
    ["for a second where that moment is past", busy(-5), 1000],
    ["for a second where it names none", busy(), 1000],
    ["for a second where it names nonsense", busy(undefined, { "x-rate-limit-reset": "soon" }), 1000],
  ])("is waited for %s", async (_, answer, ms) => {
    const server = await useServer(answer, reply(200, "now"));
    const world = createWorld();
    expect([(await sendTo(server, {}, world)).text, world.slept]).toEqual(["now", [ms]]);
  });

  test("is judged by its own clock, and by ours where it tells none", async () => {
    const world = createWorld({ now: () => new Date(at.getTime() + 3000) });
    const server = await useServer(busy(10, { date: "soon" }), reply(200));
    await sendTo(server, {}, world);
    expect(world.slept).toEqual([7000]);
  });

  test("is not waited for longer than a minute", async () => {
    const server = await useServer(busy(61));
    const world = createWorld();
    expect([(await sendTo(server, {}, world)).status, world.slept, server.seen.length]).toEqual([429, [], 1]);
  });

  test("is not waited for with what may not be sent twice", async () => {
    const server = await useServer(busy(1));
    const world = createWorld();
    expect([(await sendTo(server, { repeatable: false }, world)).status, world.slept, server.seen.length]).toEqual([429, [], 1]);
  });

  test.each([
    ["0", [1000], 2],
    ["7", [], 1],
    [undefined, [], 1],
  ])("is waited for with what may be repeated when limited where %s requests are left", async (left, slept, asked) => {
    const server = await useServer(busy(1, left === undefined ? {} : { "x-rate-limit-remaining": left }), reply(200));
    const world = createWorld();
    await sendTo(server, { repeatable: "when limited" }, world);
    expect([world.slept, server.seen.length]).toEqual([slept, asked]);
  });

  test("is asked three times at most", async () => {
    const server = await useServer(busy(2));
    const world = createWorld();
    expect([(await sendTo(server, {}, world)).status, world.slept, server.seen.length]).toEqual([429, [2000, 2000], 3]);
  });
});

describe("a server that fails", () => {
  test.each([500, 502, 503, 504])("with status %i is asked again, later each time", async (status) => {
    const server = await useServer(reply(status), reply(status), reply(200, "now"));
    const world = createWorld();
    expect([(await sendTo(server, {}, world)).text, world.slept]).toEqual(["now", [500, 1000]]);
  });

  test("is asked three times at most", async () => {
    const server = await useServer(reply(503, "no"));
    expect([(await sendTo(server)).text, server.seen.length]).toEqual(["no", 3]);
  });

  test.each([400, 401, 403, 404, 408, 501])("with status %i is not asked again", async (status) => {
    const server = await useServer(reply(status));
    expect([(await sendTo(server)).status, server.seen.length]).toEqual([status, 1]);
  });

  test("is not asked again what may be repeated when limited", async () => {
    const server = await useServer(reply(503));
    expect([(await sendTo(server, { repeatable: "when limited" })).status, server.seen.length]).toEqual([503, 1]);
  });

  test("is not asked again what may not be sent twice", async () => {
    const server = await useServer(reply(503));
    expect([(await sendTo(server, { repeatable: false })).status, server.seen.length]).toEqual([503, 1]);
  });
});

describe("a server that is not there", () => {
  const nobody = async (): Promise<Pick<Server, "url">> => {
    const { origin, close } = await (await import("@aws-okta-processor/sandbox")).startSandbox();
    await close();
    return { url: new URL(origin) };
  };

  test("is named, with the reason", async () => {
    const { url } = await nobody();
    const world = createWorld();
    expect(await failureOf(() => sendTo({ url }, {}, world))).toEqual({
      name: "RemoteError",
      code: "UNREACHABLE",
      message: `cannot reach ${url.host}: ECONNREFUSED`,
      hint: "check the organization's name, the network and the proxy",
    });
    expect(world.slept).toEqual([500, 1000]);
  });

  test("is tried once with what may not be sent twice", async () => {
    const world = createWorld();
    expect((await failureOf(async () => sendTo(await nobody(), { repeatable: false }, world))).code).toBe("UNREACHABLE");
    expect(world.slept).toEqual([]);
  });

  test("hangs up in the middle: what may be repeated is", async () => {
    const hangUp = (response: Parameters<ReturnType<typeof reply>>[0]) => void response.destroy();
    const server = await useServer(hangUp, reply(200, "now"));
    expect((await sendTo(server)).text).toBe("now");
    const other = await useServer(hangUp);
    expect([(await failureOf(() => sendTo(other, { repeatable: false }))).code, other.seen.length]).toEqual(["UNREACHABLE", 1]);
  });

  test("has a certificate that nobody vouches for: that is said", async () => {
    const { origin } = await useSandbox("default", { tls: true });
    const { code, message } = await failureOf(() => sendTo({ url: new URL(origin) }));
    expect([code, message]).toEqual([
      "CERTIFICATE_REFUSED",
      expect.stringMatching(/^the certificate of localhost:\d+ is signed by .+, who is not known here$/),
    ]);
  });
});

describe("to cancel", () => {
  test("before anything was sent sends nothing", async () => {
    const server = await useServer(reply(200));
    const world = createWorld();
    world.cancel();
    expect([(await failureOf(() => sendTo(server, {}, world))).code, server.seen]).toEqual(["CANCELLED", []]);
  });

  test.each([true, false])("ends what is under way (repeatable: %s)", async (repeatable) => {
    const world = createWorld();
    const server = await useServer(() => world.cancel());
    expect((await failureOf(() => sendTo(server, { repeatable }, world))).code).toBe("CANCELLED");
  });

  test("ends the wait before another try", async () => {
    const world = createWorld();
    const server = await useServer((response) => {
      response.writeHead(503).end();
      setImmediate(world.cancel);
    });
    expect([(await failureOf(() => sendTo(server, {}, world))).code, server.seen.length]).toEqual(["CANCELLED", 1]);
  });
});

test("no failure shows what was sent", async () => {
  const failing = await useServer((response) => void response.destroy());
  const url = new URL("/x?token=hunter2", failing.url);
  const { message, hint } = await failureOf(() =>
    sendTo({ url }, { method: "POST", headers: { cookie: "sid=hunter2" }, body: "hunter2", repeatable: false }),
  );
  expect(`${message} ${hint}`).not.toContain("hunter2");
});
