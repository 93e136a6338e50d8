import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { type Call, createClock, createCore, scenarios, startSandbox } from "../../../plugins/sandbox/src/index.ts";
import { begin, fetchAssertion, get, logIn, open, post, postAssertion } from "./client.ts";

const noMfa = scenarios["no-mfa"];

test("calls are recorded as they are answered, and hold nothing secret", async () => {
  const seen: Call[] = [];
  const sandbox = await open(noMfa, { onCall: (call) => seen.push(call) });
  const assertion = await fetchAssertion(sandbox);
  await postAssertion(sandbox, assertion);
  expect(sandbox.calls.map(({ at: _, ...call }) => call)).toEqual([
    { server: "okta", method: "POST", path: "/api/v1/authn", status: 200 },
    { server: "okta", method: "POST", path: "/api/v1/sessions", status: 200 },
    { server: "okta", method: "GET", path: new URL(sandbox.applicationUrl()).pathname, status: 200 },
    { server: "sign-in", method: "POST", path: "/saml", status: 200 },
  ]);
  expect(seen).toEqual(sandbox.calls);
});

test("calls are counted by endpoint, by STS operation, by server", async () => {
  const sandbox = await open();
  const { stateToken, verify } = await begin(sandbox);
  await post(sandbox, `${verify()}?rememberDevice=true`, { stateToken });
  await post(sandbox, sandbox.stsUrl, "", { "content-type": "application/x-www-form-urlencoded" });
  await fetch(sandbox.stsUrl, { method: "POST", body: new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" }) });
  const patterns = [
    "POST /api/v1/authn",
    "GET /api/v1/authn",
    "POST /api/v1/authn/factors/*/verify",
    "sts GetCallerIdentity",
    "sts",
    "okta",
    undefined,
  ];
  expect(patterns.map((pattern) => sandbox.count(pattern))).toEqual([1, 0, 1, 1, 2, 2, 4]);
});

test("a fault takes the place of so many replies, and the endpoint does nothing meanwhile", async () => {
  const fault = { on: "POST /api/v1/authn", times: 2, status: 200, contentType: "text/html", body: "<html>busy</html>" };
  const sandbox = await open({ ...noMfa, faults: [fault] });
  const first = await logIn(sandbox);
  expect([first.status, first.headers.get("content-type"), first.text]).toEqual([200, "text/html", "<html>busy</html>"]);
  expect((await logIn(sandbox)).text).toBe("<html>busy</html>");
  expect((await logIn(sandbox)).body.status).toBe("SUCCESS");
  expect(sandbox.count("POST /api/v1/authn")).toBe(3);
});

test("a fault may come after so many replies, and say when to come again", async () => {
  const fault = { on: "okta", after: 1, status: 429, rateLimitResetSeconds: 7 };
  const sandbox = await open({ ...noMfa, faults: [fault] });
  expect((await logIn(sandbox)).status).toBe(200);
  const { status, headers } = await get(sandbox, "/api/v1/sessions/me");
  const wait = Number(headers.get("x-rate-limit-reset")) - new Date(headers.get("date") ?? "").getTime() / 1000;
  expect([status, headers.get("x-rate-limit-remaining")]).toEqual([429, "0"]);
  expect([7, 8]).toContain(wait);
});

test("a fault of an STS operation leaves the other operations alone", async () => {
  const sandbox = await open({ ...noMfa, faults: [{ on: "sts AssumeRoleWithSAML", status: 500, contentType: "text/xml", body: "<x/>" }] });
  const send = async (Action: string) =>
    (await fetch(sandbox.stsUrl, { method: "POST", body: new URLSearchParams({ Action, Version: "2011-06-15" }) })).status;
  expect([await send("AssumeRoleWithSAML"), await send("GetCallerIdentity")]).toEqual([500, 403]);
});

test("replies are held back as long as was asked", async () => {
  const sandbox = await open(noMfa, { latencyMs: 150 });
  const before = performance.now();
  await logIn(sandbox);
  expect(performance.now() - before).toBeGreaterThan(140);
});

test("the variables point at the sandbox", async () => {
  const { origin, signInUrl, stsUrl, organization, environment } = await open();
  expect(organization).toBe(origin);
  expect(environment).toEqual({ AWS_OKTA_ORGANIZATION: origin, AWS_OKTA_SIGN_IN_URL: signInUrl, AWS_ENDPOINT_URL_STS: stsUrl });
});

test("a port that is taken is an error, and nothing stays open", async () => {
  const { port: taken, release } = await holdPort();
  await expect(startSandbox({ port: taken - 2 })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await release();
  const sandbox = await startSandbox({ port: taken - 2 });
  expect([sandbox.origin, sandbox.signInUrl, sandbox.stsUrl]).toEqual([
    `http://127.0.0.1:${taken - 2}`,
    `http://127.0.0.1:${taken - 1}/saml`,
    `http://127.0.0.1:${taken}`,
  ]);
  await sandbox.close();
});

test("the same org answers without a socket", () => {
  const core = createCore({ scenario: noMfa, clock: createClock(), signInUrl: () => "https://signin.test/saml", onCall: () => undefined });
  const body = JSON.stringify({ username: "jdoe", password: "correct horse" });
  const headers = { "content-type": "application/json", "content-length": String(body.length) };
  const reply = core.handle("okta", {
    method: "POST",
    path: "/api/v1/authn",
    query: new URLSearchParams(),
    headers,
    body,
    origin: "https://acme.test",
  });
  expect([reply.status, JSON.parse(reply.body), core.count()]).toMatchObject([200, { status: "SUCCESS" }, 1]);
});

/** Takes a port below those that the system gives away by itself, so that its neighbours are free. */
async function holdPort(): Promise<{ readonly port: number; readonly release: () => Promise<unknown> }> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const holder = createServer().listen(port, "127.0.0.1");
  await once(holder, "listening");
  const release = () => once(holder.close(), "close");
  return { port, release };
}
