import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCookieJar } from "../../../plugins/factor-duo/src/cookies.ts";

const at = new Date("2030-01-01T00:00:00Z");
const duo = new URL("https://api-1.duosecurity.com/frame/prompt?sid=1");

/** What is sent to an address after these lines came from Duo's prompt. */
function sentTo(address: string, ...lines: readonly string[]): string | undefined {
  const jar = createCookieJar();
  jar.take(duo, lines, at);
  return jar.headerFor(new URL(address, duo));
}

test("nothing is sent where nothing was set", () => {
  expect(createCookieJar().headerFor(duo)).toBeUndefined();
});

test.each([
  ["a=1", "a=1"],
  ["  a = 1 ; HttpOnly", "a=1"],
  ["a=", "a="],
  ['sid|frame-1="2|1:0|b=="; Path=/; Secure; HttpOnly; SameSite=None', 'sid|frame-1="2|1:0|b=="'],
  ["a=b=c", "a=b=c"],
  ["=1", undefined],
  ["a", undefined],
  ["", undefined],
  ["a=1\u0007", undefined],
  ["a=1\r\nx-evil: 1", undefined],
  [`a=${"x".repeat(4096)}`, undefined],
])("%j is sent as %j", (line, sent) => {
  expect(sentTo("/frame/prompt", line)).toBe(sent);
});

describe("a cookie", () => {
  test.each([
    ["/frame/status", "a=1"],
    ["/frame", "a=1"],
    ["/frame/", "a=1"],
    ["/frames", undefined],
    ["/", undefined],
    ["/oauth/v1", undefined],
    ["/frame/../oauth", undefined],
  ])("without a path goes to its own folder: %s", (address, sent) => {
    expect(sentTo(address, "a=1")).toBe(sent);
  });

  test.each([
    ["a=1; Path=/", "/oauth", "a=1"],
    ["a=1; path=/oauth", "/oauth/v1", "a=1"],
    ["a=1; Path=/oauth", "/frame/prompt", undefined],
    ["a=1; Path=oauth", "/frame/prompt", "a=1"],
    ["a=1; Path=", "/frame/prompt", "a=1"],
  ])("with a path goes there: %s", (line, address, sent) => {
    expect(sentTo(address, line)).toBe(sent);
  });

  test.each([
    "https://api-2.duosecurity.com/frame/prompt",
    "https://duosecurity.com/frame/prompt",
    "http://api-1.duosecurity.com/frame/prompt",
    "https://api-1.duosecurity.com:8443/frame/prompt",
    "https://acme.okta.com/frame/prompt",
  ])("never goes to another origin, whatever its Domain: %s", (address) => {
    expect(sentTo(address, "a=1; Path=/", "b=1; Path=/; Domain=duosecurity.com")).toBeUndefined();
  });

  test.each([
    ["a=1; Domain=duosecurity.com", "a=1"],
    ["a=1; Domain=.duosecurity.com", "a=1"],
    ["a=1; Domain=API-1.duosecurity.com", "a=1"],
    ["a=1; Domain=", "a=1"],
    ["a=1; Domain=okta.com", undefined],
    ["a=1; Domain=security.com", undefined],
    ["a=1; Domain=x.api-1.duosecurity.com", undefined],
  ])("for another domain is not taken: %s", (line, sent) => {
    expect(sentTo("/frame/prompt", line)).toBe(sent);
  });

  test("goes before another of its name with a shorter path", () => {
    expect(sentTo("/frame/prompt", "a=1; Path=/", "a=2; Path=/frame/prompt", "a=3; Path=/frame")).toBe("a=2; a=3; a=1");
  });

  test("takes the place of the one with its name and path", () => {
    expect(sentTo("/frame/prompt", "a=1; Path=/", "a=2; Path=/")).toBe("a=2");
  });
});

describe("the server", () => {
  test.each([
    "a=; Max-Age=0",
    "a=; Max-Age=-1; Expires=Fri, 31-Dec-2100 23:59:59 GMT",
    "a=; Expires=Thu, 01-Jan-1970 00:00:10 GMT",
    "a=; expires=Tue, 01 Jan 2030 00:00:00 GMT",
  ])("takes a cookie away: %s", (line) => {
    expect(sentTo("/frame/prompt", "a=1", line)).toBeUndefined();
  });

  test.each([
    "a=2; Max-Age=1; Expires=Thu, 01-Jan-1970 00:00:10 GMT",
    "a=2; Max-Age=soon",
    "a=2; Max-Age=",
    "a=2; Expires=Tue, 01 Jan 2030 00:00:01 GMT",
    "a=2; Expires=someday",
  ])("does not: %s", (line) => {
    expect(sentTo("/frame/prompt", "a=1", line)).toBe("a=2");
  });

  test("does not take away a cookie of another path", () => {
    expect(sentTo("/frame/prompt", "a=1; Path=/", "a=; Path=/frame; Max-Age=0")).toBe("a=1");
  });

  test("does not fill the jar without end", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `c${index}=1`);
    expect(sentTo("/frame/prompt", ...lines, "c0=2")?.split("; ")).toEqual(
      Array.from({ length: 50 }, (_, index) => (index === 0 ? "c0=2" : `c${index}=1`)),
    );
  });
});

test("whatever lines come, what is sent is a header, and of this origin alone", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string().map((text) => `a=${text}; Path=/`),
        ),
      ),
      (lines) => {
        const jar = createCookieJar();
        jar.take(duo, lines, at);
        const header = jar.headerFor(duo) ?? "";
        expect(/\p{Cc}/u.test(header)).toBe(false);
        expect(jar.headerFor(new URL("https://api-2.duosecurity.com/frame/prompt"))).toBeUndefined();
      },
    ),
  );
});
