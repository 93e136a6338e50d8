import { describe, expect, test } from "vitest";
import { createCookieJar, withCookies } from "../../src/http/cookies.ts";
import type { Reply, Request } from "../../src/http/send.ts";
import { Secret } from "../../src/secret.ts";

const now = new Date("2030-01-01T00:00:00Z");

/** What a jar sends after these lines. */
function headerAfter(lines: readonly string[], kept: Readonly<Record<string, Secret | undefined>> = {}): string | undefined {
  const jar = createCookieJar(kept);
  jar.take(lines, now);
  return jar.header();
}

describe("a jar", () => {
  test("that is empty sends nothing", () => {
    expect([headerAfter([]), headerAfter([], { DT: undefined })]).toEqual([undefined, undefined]);
  });

  test("sends what it was given, the later line of a name alone", () => {
    expect(headerAfter(["a=1; Path=/; Secure; HttpOnly", "b=2; SameSite=None", "a=3"])).toBe("a=3; b=2");
  });

  test.each([
    "a=; Path=/",
    'a=""',
    "a=2; Max-Age=0",
    "a=2; max-age=-1; Expires=Fri, 01 Jan 2038 00:00:00 GMT",
    "a=2; Expires=Thu, 01-Jan-1970 00:00:10 GMT",
  ])("loses a cookie by %s", (line) => {
    expect(headerAfter(["a=1", line])).toBeUndefined();
  });

  test.each(["a=2; Max-Age=60", "a=2; Expires=Fri, 01 Jan 2038 00:00:00 GMT", "a=2; Expires=soon", "a=2; expires"])(
    "keeps a cookie of %s",
    (line) => {
      expect(headerAfter([line])).toBe("a=2");
    },
  );

  test.each(["", "a", "=1", " =1", "a=1\r\nx: y", "a=\u00e9", "a b=1", "a=1 2"])("passes over %j", (line) => {
    expect(headerAfter([line])).toBeUndefined();
  });

  test("does not lose what was kept, and takes another value for it", () => {
    const kept = { sid: new Secret("old") };
    expect(headerAfter(['sid=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT'], kept)).toBe("sid=old");
    expect(headerAfter(["sid=new"], kept)).toBe("sid=new");
    expect(headerAfter(["sid=new", "sid=; Max-Age=0"], kept)).toBe("sid=old");
  });

  test("does not print its secrets", () => {
    expect(String(createCookieJar({ sid: new Secret("canary") }).get("sid"))).not.toContain("canary");
  });
});

test("cookies of one reply go along with the next request; a header of its own stays", async () => {
  const seen: (string | undefined)[] = [];
  const request = (headers: Readonly<Record<string, string>>): Request => ({
    method: "GET",
    url: new URL("https://a.example"),
    headers,
    repeatable: true,
  });
  const send = async ({ headers }: Request): Promise<Reply> => {
    seen.push(headers["cookie"]);
    return {
      status: 200,
      headers: new Headers([
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ]),
      text: "",
    };
  };
  const door = withCookies(send, createCookieJar(), () => now);
  for (const headers of [{}, {}, { cookie: "own=1" }]) await door(request(headers));
  expect(seen).toEqual([undefined, "a=1; b=2", "own=1"]);
});

test("a cookie ends by the clock of who gave it", async () => {
  const jar = createCookieJar();
  const send = async (): Promise<Reply> => ({
    status: 200,
    headers: new Headers({ date: "Mon, 31 Dec 2029 23:00:00 GMT", "set-cookie": "a=1; Expires=Mon, 31 Dec 2029 23:05:00 GMT" }),
    text: "",
  });
  await withCookies(send, jar, () => now)({ method: "GET", url: new URL("https://a.example"), headers: {}, repeatable: true });
  expect(jar.header()).toBe("a=1");
});
