import { describe, expect, test } from "vitest";
import { authorizationFor, chooseProxy } from "../../src/http/proxy.ts";
import { failureOf } from "../support/failure.ts";

const OKTA = new URL("https://acme.okta.com/api/v1/authn");
const PROXY = "http://proxy.acme.com:3128";

/** What of a proxy is chosen, or what keeps the URL from it. */
function chosen(env: Readonly<Record<string, string>>, url: URL = OKTA): string | undefined {
  const { proxy, exceptedBy } = chooseProxy(url, env);
  return proxy === undefined ? exceptedBy : `${proxy.shown} ${proxy.from}`;
}

describe("the proxy", () => {
  test.each([
    [{ HTTPS_PROXY: PROXY }, `${PROXY} HTTPS_PROXY`],
    [{ https_proxy: PROXY }, `${PROXY} https_proxy`],
    [{ HTTPS_PROXY: "http://other:1", https_proxy: PROXY }, `${PROXY} https_proxy`],
    [{ HTTPS_PROXY: "https://tls.acme.com" }, "https://tls.acme.com HTTPS_PROXY"],
    [{ HTTPS_PROXY: "proxy.acme.com:3128" }, `${PROXY} HTTPS_PROXY`],
    [{ HTTPS_PROXY: " http://proxy.acme.com:3128/ " }, `${PROXY} HTTPS_PROXY`],
    [{ HTTPS_PROXY: "http://me:s3cret@proxy.acme.com:3128" }, `${PROXY} HTTPS_PROXY`],
    [{ HTTPS_PROXY: "http://[fe80::1]:3128" }, "http://[fe80::1]:3128 HTTPS_PROXY"],
    [{ ALL_PROXY: PROXY }, `${PROXY} ALL_PROXY`],
    [{ all_proxy: "http://other:1", HTTPS_PROXY: PROXY }, `${PROXY} HTTPS_PROXY`],
    [{ HTTP_PROXY: PROXY }, undefined],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTPS_PROXY: PROXY, https_proxy: "" }, undefined],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: "" }, `${PROXY} HTTPS_PROXY`],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: "okta.com" }, "NO_PROXY"],
    [{ HTTPS_PROXY: PROXY, NO_PROXY: "okta.com", no_proxy: "aws.com" }, `${PROXY} HTTPS_PROXY`],
    [{ HTTPS_PROXY: "socks5://unused:1", NO_PROXY: "*" }, "NO_PROXY"],
    [{}, undefined],
  ])("of %j is %s", (env, expected) => {
    expect(chosen(env as Readonly<Record<string, string>>)).toBe(expected);
  });

  test("of plain http is another, and this machine is asked through it too", () => {
    const url = new URL("http://127.0.0.1:8080/");
    expect(chosen({ HTTP_PROXY: "http://localhost:3128", HTTPS_PROXY: PROXY }, url)).toBe("http://localhost:3128 HTTP_PROXY");
  });

  test("of plain http stands on this machine, or is refused", async () => {
    const url = new URL("http://127.0.0.1:8080/");
    expect(await failureOf(() => chosen({ HTTP_PROXY: PROXY }, url))).toEqual({
      name: "UsageError",
      code: "PROXY_UNSAFE",
      message: "http://proxy.acme.com:3128 (HTTP_PROXY) would see what is sent to 127.0.0.1:8080, which is not encrypted",
      hint: "add 127.0.0.1 to NO_PROXY",
    });
  });

  test.each(["socks5://proxy:1080", "http://", "http://me:pa#ss@proxy:3128", "http://me:1/2@proxy:3128", "http://pro xy", "ftp://proxy"])(
    "%s is none, and is not repeated",
    async (value) => {
      expect(await failureOf(() => chosen({ HTTPS_PROXY: value }))).toEqual({
        name: "UsageError",
        code: "OPTION_INVALID",
        message: "HTTPS_PROXY must be the address of an http or https proxy",
        hint: "write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %23 for # and %40 for @ in a password",
      });
    },
  );
});

test.each([
  ["http://me:p%40ss%3A@proxy:1", "me:p@ss:"],
  ["http://d%C3%BCr:x@proxy:1", "dür:x"],
  ["http://me@proxy:1", "me:"],
  ["http://me:100%@proxy:1", "me:100%"],
])("what %s says to the proxy of the person is %s", (value, pair) => {
  const { proxy } = chooseProxy(OKTA, { HTTPS_PROXY: value });
  const { "proxy-authorization": header = "" } = proxy === undefined ? {} : authorizationFor(proxy);
  expect(Buffer.from(header.replace(/^Basic /, ""), "base64").toString()).toBe(pair);
});

test("a proxy without a user name is told of nobody", () => {
  const { proxy } = chooseProxy(OKTA, { HTTPS_PROXY: PROXY });
  expect(proxy === undefined ? undefined : authorizationFor(proxy)).toEqual({});
});
