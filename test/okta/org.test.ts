import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Request } from "../../src/http/send.ts";
import { getText, lockedOut, type Org, onOrg, postJson, readResult, refusal } from "../../src/okta/org.ts";
import { Secret } from "../../src/secret.ts";
import { failureOf } from "../support/failure.ts";

/** An org that gives one reply and notes what it was asked. */
function replying(status: number, text: string): { readonly org: Org; readonly asked: Request[] } {
  const asked: Request[] = [];
  const send: Org["send"] = async (request) => {
    asked.push(request);
    if (asked.length > 1) throw new Error("this org answers once");
    return { status, headers: new Headers(), text };
  };
  return { org: { name: "acme.okta.com", origin: "https://acme.okta.com", send }, asked };
}

const { org } = replying(200, "{}");

describe("a link", () => {
  test.each([
    ["/api/v1/authn", "https://acme.okta.com/api/v1/authn"],
    ["https://acme.okta.com/a?b=c", "https://acme.okta.com/a?b=c"],
    ["https://acme.okta.com:443/", "https://acme.okta.com/"],
    ["HTTPS://ACME.OKTA.COM/a", "https://acme.okta.com/a"],
  ])("%s is on the org", (url, href) => {
    expect(onOrg(org, url).href).toBe(href);
  });

  test.each([
    ["https://evil.example/api/v1/authn", "evil.example"],
    ["//evil.example/a", "evil.example"],
    ["/\\evil.example/a", "evil.example"],
    ["\\\\evil.example", "evil.example"],
    ["http://acme.okta.com/", "acme.okta.com"],
    ["https://acme.okta.com:8443/", "acme.okta.com:8443"],
    ["https://acme.okta.com.evil.example/", "acme.okta.com.evil.example"],
    ["https://evil.example/acme.okta.com", "evil.example"],
    ["https://other.okta.com/", "other.okta.com"],
    ["https://jdoe@acme.okta.com/", "acme.okta.com"],
    ["https://acme.okta.com@evil.example/", "evil.example"],
    ["https://:pw@acme.okta.com/", "acme.okta.com"],
    ["javascript:alert(1)", ""],
    ["https://", "an unreadable one"],
    ["http://[", "an unreadable one"],
  ])("%s is not, and is refused", async (url, host) => {
    expect(await failureOf(() => onOrg(org, url))).toEqual({
      name: "RemoteError",
      code: "OFF_ORG",
      message: `acme.okta.com points to another host, ${host}; nothing was sent there`,
      hint: undefined,
    });
  });

  test("that is taken is always the org's own, whatever it looks like", () => {
    const piece = fc.constantFrom(
      "https:",
      "http:",
      "//",
      "/",
      "\\",
      "acme.okta.com",
      "evil.example",
      "@",
      ":",
      "?",
      "#",
      ".",
      "%2f",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        try {
          const { origin, username, password } = onOrg(org, pieces.join(""));
          expect([origin, username, password]).toEqual(["https://acme.okta.com", "", ""]);
        } catch (error) {
          expect(error).toMatchObject({ code: "OFF_ORG" });
        }
      }),
    );
  });
});

describe("a request", () => {
  test("posts JSON, and is not repeated where nobody says that it may be", async () => {
    const { org: one, asked } = replying(200, '{"a": 1}');
    expect(await postJson(one, "/api/v1/authn", { body: { username: "jdoe" } })).toEqual({ ok: true, json: { a: 1 } });
    expect(asked).toEqual([
      {
        method: "POST",
        url: new URL("https://acme.okta.com/api/v1/authn"),
        headers: { accept: "application/json", "content-type": "application/json" },
        body: '{"username":"jdoe"}',
        repeatable: false,
      },
    ]);
  });

  test("carries the session in its cookie where it has one", async () => {
    const { org: one, asked } = replying(200, "{}");
    await postJson(one, "/x", { body: {}, session: new Secret("102abc"), repeatable: true, timeoutMs: 5 });
    expect(asked).toMatchObject([{ headers: { cookie: "sid=102abc" }, repeatable: true, timeoutMs: 5 }]);
  });

  test("for a page is a GET with the session", async () => {
    const { org: one, asked } = replying(200, "<html>");
    await getText(one, "/home", { session: new Secret("102abc"), accept: "text/html" });
    expect(asked).toEqual([
      {
        method: "GET",
        url: new URL("https://acme.okta.com/home"),
        headers: { accept: "text/html", cookie: "sid=102abc" },
        repeatable: true,
      },
    ]);
  });

  test.each([
    ["postJson", (one: Org) => postJson(one, "https://evil.example/", { body: {}, session: new Secret("102abc") })],
    ["getText", (one: Org) => getText(one, "https://evil.example/", { session: new Secret("102abc"), accept: "text/html" })],
  ])("of %s off the org is refused before it is sent", async (_, ask) => {
    const { org: one, asked } = replying(200, "{}");
    expect([(await failureOf(() => ask(one))).code, asked]).toEqual(["OFF_ORG", []]);
  });
});

describe("a reply", () => {
  const read = (status: number, text: string) => readResult(org, { status, headers: new Headers(), text });

  test.each(["", "<html><h1>Sign in</h1></html>", "null", "[]", '"text"', "1", "{", "undefined"])(
    "%j in place of an object is unreadable",
    async (text) => {
      expect(await failureOf(() => read(200, text))).toEqual({
        name: "RemoteError",
        code: "UNREADABLE",
        message: "acme.okta.com sent an answer that is no JSON object",
        hint: "check that it is an Okta organization and that no proxy answers in its place",
      });
    },
  );

  test.each(["errorCauses", "errorCause"])("that refuses gives what exactly was wrong, spelt %s", (name) => {
    const causes = [{ errorSummary: "too short" }, null, { errorSummary: 1 }];
    const text = JSON.stringify({ errorCode: "E0000014", errorSummary: "Update failed", [name]: causes });
    expect(read(403, text)).toEqual({
      ok: false,
      failure: { status: 403, code: "E0000014", summary: "Update failed", causes: ["too short"] },
    });
  });

  test("of Okta's that refuses gives its code and its words", () => {
    const text = '{"errorCode":"E0000004","errorSummary":"Authentication failed","errorCause":[]}';
    expect(read(401, text)).toEqual({
      ok: false,
      failure: { status: 401, code: "E0000004", summary: "Authentication failed", causes: [] },
    });
  });

  test.each(["", "<html>", "null", '{"errorCode":1,"errorSummary":{}}'])("that refuses with %j gives its status alone", (text) => {
    expect(read(403, text)).toEqual({ ok: false, failure: { status: 403, code: "", summary: "", causes: [] } });
  });

  test.each([500, 502, 503, 504])("with status %i is a failure of the org", async (status) => {
    expect(await failureOf(() => read(status, "<html>"))).toEqual({
      name: "RemoteError",
      code: "SERVER_FAILED",
      message: `acme.okta.com failed with status ${status}`,
      hint: "try again later",
    });
  });
});

describe("a refusal", () => {
  const failure = (status: number, code = "", summary = "") =>
    failureOf(() => Promise.reject(refusal(org, "a session", { status, code, summary, causes: [] })));

  test("says what Okta says", async () => {
    expect(await failure(403, "E0000006", "no permission")).toEqual({
      name: "RefusedError",
      code: "OKTA_REFUSED",
      message: "acme.okta.com refused a session: no permission, E0000006",
      hint: undefined,
    });
  });

  test.each([400, 403, 407])("with status %i and no code of Okta's is none: something else answers", async (status) => {
    expect(await failure(status)).toMatchObject({
      name: "RemoteError",
      code: "UNREADABLE",
      message: `acme.okta.com sent status ${status} without an Okta error`,
    });
  });

  test("without words is told by what was refused", async () => {
    expect((await failure(401)).message).toBe("acme.okta.com refused a session");
  });

  test("for too many requests is for later", async () => {
    expect(await failure(429, "E0000047", "API call exceeded rate limit")).toEqual({
      name: "RemoteError",
      code: "RATE_LIMITED",
      message: "acme.okta.com limits the rate of requests",
      hint: "try again in a minute",
    });
  });

  test.each([302, 400, 404, 418])("with status %i that is not Okta's is unreadable", async (status) => {
    expect(await failure(status)).toMatchObject({
      code: "UNREADABLE",
      message: `acme.okta.com sent status ${status} without an Okta error`,
    });
  });

  test("of a locked account tells where to unlock it", async () => {
    expect(await failureOf(() => Promise.reject(lockedOut(org)))).toEqual({
      name: "RefusedError",
      code: "LOCKED_OUT",
      message: "acme.okta.com has locked this account",
      hint: "unlock it at https://acme.okta.com or ask an administrator",
    });
  });
});
