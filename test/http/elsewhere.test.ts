import { describe, expect, test } from "vitest";
import { type Allowed, type ElsewhereRequest, fetchElsewhere } from "../../src/http/elsewhere.ts";
import type { Request } from "../../src/http/send.ts";
import { failureOf } from "../support/failure.ts";

const allowed: Allowed = { origin: "https://acme.okta.com", plugin: "@acme/factor", hosts: ["*.duo.example", "api.example"] };

/** What is sent for a request, and the response. */
async function ask(
  url: string,
  { given = allowed, status = 200, ...rest }: Partial<ElsewhereRequest> & { readonly given?: Allowed; readonly status?: number } = {},
) {
  const sent: Request[] = [];
  const response = await fetchElsewhere(
    async (request) => {
      sent.push(request);
      return {
        status,
        headers: new Headers([
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
          ["location", "/next"],
        ]),
        text: "text",
      };
    },
    { url: new URL(url), method: "GET", ...rest },
    given,
  );
  return { sent, response };
}

describe("a plugin's own request", () => {
  test.each(["https://a.duo.example/x", "https://b.a.duo.example/", "https://api.example/?q"])("to %s goes out", async (url) => {
    expect((await ask(url)).sent.map((request) => request.url.href)).toEqual([url]);
  });

  test.each([
    "http://a.duo.example/",
    "https://duo.example/",
    "https://evilduo.example/",
    "https://a.duo.example.evil.example/",
    "https://a.duo.example:8443/",
    "https://user@a.duo.example/",
    "https://acme.okta.com/",
    "https://127.0.0.1/",
    "http://localhost:1/",
    "https://other.example/",
  ])("to %s does not", async (url) => {
    expect(await failureOf(() => ask(url))).toEqual({
      name: "RemoteError",
      code: "OFF_HOST",
      message: `the sign-in leads to ${new URL(url).host}, which @acme/factor does not speak to; nothing was sent there`,
      hint: "check with an administrator whether this host belongs to your organization's sign-in",
    });
  });

  test("never goes to the org, even where the package names it", async () => {
    expect((await failureOf(() => ask("https://acme.okta.com/", { given: { ...allowed, hosts: ["*.okta.com"] } }))).code).toBe("OFF_HOST");
  });

  test("of an org on this machine goes to this machine and nowhere else", async () => {
    const given = { ...allowed, origin: "http://127.0.0.1:1" };
    expect((await ask("http://127.0.0.1:2/", { given })).sent.length).toBe(1);
    expect((await failureOf(() => ask("https://a.duo.example/", { given }))).code).toBe("OFF_HOST");
    expect((await failureOf(() => ask("http://127.0.0.1:1/", { given }))).code).toBe("OFF_HOST");
  });

  test("brings its headers and body, and is never sent twice by itself", async () => {
    const { sent } = await ask("https://api.example/", { method: "POST", headers: { "content-type": "text/plain" }, body: "hello" });
    expect(sent).toMatchObject([{ method: "POST", headers: { "content-type": "text/plain" }, body: "hello", repeatable: false }]);
  });

  test.each([200, 302, 403])("is answered with status %i, headers and text", async (status) => {
    const { response } = await ask("https://api.example/", { status });
    expect([response.status, response.headers.getSetCookie(), response.headers.get("location"), await response.text()]).toEqual([
      status,
      ["a=1", "b=2"],
      "/next",
      "text",
    ]);
  });

  test.each([204, 304])("is answered with status %i and nothing", async (status) => {
    const { response } = await ask("https://api.example/", { status });
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });
});
