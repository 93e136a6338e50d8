import { request } from "node:http";
import { expect, test } from "vitest";
import { type Sandbox, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { ask, fetchAssertion, get, logIn, open, post } from "./client.ts";

/** A POST whose body is sent in chunks, so that it has no Content-Length. */
function postChunked(sandbox: Sandbox, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, sandbox.origin),
      { method: "POST", headers: { "content-type": "application/json" } },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode ?? 0);
      },
    );
    outgoing.on("error", reject);
    outgoing.write("{}");
    outgoing.end();
  });
}

test.each(["application/x-www-form-urlencoded", "text/plain"])("a body of type %s is refused", async (type) => {
  const { status, body } = await post(await open(), "/api/v1/authn", "{}", { "content-type": type });
  expect([status, body.errorCode]).toEqual([415, "E0000021"]);
});

test.each(["{", "[]", "null", '"text"', ""])("a body of %j is not well-formed", async (content) => {
  const { status, body } = await post(await open(), "/api/v1/authn", content);
  expect([status, body.errorCode]).toEqual([400, "E0000003"]);
});

test("a body without a length is refused", async () => {
  expect(await postChunked(await open(), "/api/v1/authn")).toBe(411);
});

test("a body that is too large is refused", async () => {
  expect((await post(await open(), "/api/v1/authn", " ".repeat(1_000_001))).status).toBe(413);
});

test("what is not served is not found", async () => {
  const { status, body } = await get(await open(), "/api/v1/users/me");
  expect([status, body.errorCode]).toEqual([404, "E0000007"]);
});

test("a wrong method is told apart from a wrong path", async () => {
  const { status, body } = await get(await open(), "/api/v1/authn");
  expect([status, body.errorCode]).toEqual([405, "E0000022"]);
});

test("every reply has a request id, rate limits and the org's own time", async () => {
  const sandbox = await open();
  sandbox.advance(86_400_000);
  const { headers } = await get(sandbox, "/nowhere");
  expect(headers.get("x-okta-request-id")).toMatch(/^Z\w{23}$/u);
  expect([headers.get("x-rate-limit-limit"), headers.get("x-rate-limit-remaining")]).toEqual(["600", "599"]);
  const serverNow = new Date(headers.get("date") ?? "").getTime();
  expect(serverNow - Date.now()).toBeGreaterThan(86_000_000);
  const resetIn = Number(headers.get("x-rate-limit-reset")) - serverNow / 1000;
  expect(resetIn).toBeGreaterThan(0);
  expect(resetIn).toBeLessThanOrEqual(60);
});

test("calls beyond the rate limit are refused until the minute is over", async () => {
  const sandbox = await open({ ...scenarios["no-mfa"], rateLimit: 2 });
  sandbox.advance(60_000 - (Date.now() % 60_000));
  const outcomes = [await logIn(sandbox), await logIn(sandbox), await logIn(sandbox)];
  expect(outcomes.map(({ status, body }) => body.errorCode ?? status)).toEqual([200, 200, "E0000047"]);
  expect(outcomes[2]?.headers.get("x-rate-limit-remaining")).toBe("0");
  expect((await get(sandbox, "/api/v1/sessions/me")).status).toBe(404);
  sandbox.advance(60_000);
  expect((await logIn(sandbox)).status).toBe(200);
});

test("objects have fields that nobody knows, in an order that changes", async () => {
  const sandbox = await open();
  const replies = await Promise.all(Array.from({ length: 20 }, async () => Object.keys((await logIn(sandbox)).body)));
  expect(replies.every((names) => names.some((name) => /^x[0-9a-f]+$/u.test(name)))).toBe(true);
  expect(new Set(replies.map((names) => names.filter((name) => !/^x[0-9a-f]+$/u.test(name)).join())).size).toBeGreaterThan(1);
});

test("the org tells its engine", async () => {
  const classic = await get(await open(), "/.well-known/okta-organization");
  const identity = await get(await open({ ...scenarios.default, pipeline: "idx" }), "/.well-known/okta-organization");
  expect([classic.body.pipeline, identity.body.pipeline]).toEqual(["v1", "idx"]);
});

test("the three servers have origins of their own, and none serves what another does", async () => {
  const sandbox = await open();
  const origins = [sandbox.origin, new URL(sandbox.signInUrl).origin, sandbox.stsUrl];
  expect(new Set(origins).size).toBe(3);
  expect((await post(sandbox, `${sandbox.stsUrl}/api/v1/authn`, {})).status).toBe(404);
  expect((await get(sandbox, `${sandbox.origin}/saml`)).status).toBe(404);
});

test("an Okta cookie that comes to AWS is an error, however right the rest is", async () => {
  const sandbox = await open();
  const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
  const assertion = { ...form, body: new URLSearchParams({ SAMLResponse: await fetchAssertion(sandbox) }).toString() };
  const withCookie = (init: typeof assertion) => ({ ...init, headers: { ...init.headers, cookie: "sid=102" } });
  expect((await ask(sandbox, sandbox.signInUrl, assertion)).status).toBe(200);
  expect((await ask(sandbox, sandbox.signInUrl, withCookie(assertion))).status).toBe(400);
  const identity = { ...form, body: "Action=GetCallerIdentity&Version=2011-06-15" };
  expect((await ask(sandbox, sandbox.stsUrl, identity)).status).toBe(403);
  expect((await ask(sandbox, sandbox.stsUrl, withCookie(identity))).status).toBe(400);
});
