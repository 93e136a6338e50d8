import { expect, test } from "vitest";
import { type Sandbox, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { ask, get, like, logIn, open, openSession, post } from "./client.ts";

const noMfa = scenarios["no-mfa"];

function refresh(sandbox: Sandbox, sid: string, headers: Readonly<Record<string, string>> = {}) {
  return post(sandbox, "/api/v1/sessions/me/lifecycle/refresh", "", { cookie: `sid=${sid}`, ...headers });
}

test("a session token opens one session", async () => {
  const sandbox = await open(noMfa);
  const { sessionToken } = (await logIn(sandbox)).body;
  const session = await post(sandbox, "/api/v1/sessions", { sessionToken });
  expect(session.body).toMatchObject({
    login: "jdoe@example.com",
    status: "ACTIVE",
    amr: ["pwd"],
    mfaActive: false,
    lastFactorVerification: null,
  });
  expect(session.body.id).toMatch(/^102\w{22}$/u);
  const again = await post(sandbox, "/api/v1/sessions", { sessionToken });
  expect([again.status, again.body.errorCode]).toEqual([401, "E0000004"]);
});

test("a session that a factor opened says so", async () => {
  const sandbox = await open();
  const { body } = await get(sandbox, "/api/v1/sessions/me", await openSession(sandbox));
  expect(body).toMatchObject({ amr: ["pwd", "swk", "mfa"], mfaActive: true, lastFactorVerification: like(/./u) });
});

test("a session token lives for five minutes", async () => {
  const sandbox = await open(noMfa);
  const { sessionToken } = (await logIn(sandbox)).body;
  sandbox.advance(300_000);
  expect((await post(sandbox, "/api/v1/sessions", { sessionToken })).status).toBe(401);
});

test("a session shows itself, with links that call it me", async () => {
  const sandbox = await open(noMfa);
  const sid = await openSession(sandbox);
  const { status, body } = await get(sandbox, "/api/v1/sessions/me", sid);
  expect([status, body.id, body._links.self.href]).toEqual([200, sid, `${sandbox.origin}/api/v1/sessions/me`]);
});

test("a session ends after two hours, and a refresh puts that off", async () => {
  const sandbox = await open(noMfa);
  const sid = await openSession(sandbox);
  sandbox.advance(7_000_000);
  const { body } = await refresh(sandbox, sid);
  expect(new Date(body.expiresAt).getTime() - Date.now()).toBeGreaterThan(14_000_000);
  sandbox.advance(7_000_000);
  expect((await get(sandbox, "/api/v1/sessions/me", sid)).status).toBe(200);
  sandbox.advance(7_200_000);
  const dead = await refresh(sandbox, sid);
  expect([dead.status, dead.body.errorCode]).toEqual([404, "E0000007"]);
});

test("a refresh may ask for no body", async () => {
  const sandbox = await open(noMfa);
  const answer = await refresh(sandbox, await openSession(sandbox), { prefer: "return=minimal" });
  expect([answer.status, answer.headers.get("preference-applied"), answer.text]).toEqual([204, "return=minimal", ""]);
});

test("a session that was ended is gone for every use", async () => {
  const sandbox = await open(noMfa);
  const sid = await openSession(sandbox);
  const end = () => ask(sandbox, "/api/v1/sessions/me", { method: "DELETE", headers: { cookie: `sid=${sid}` } });
  expect((await end()).status).toBe(204);
  expect((await end()).status).toBe(404);
  expect((await get(sandbox, "/api/v1/users/me/appLinks", sid)).body.errorCode).toBe("E0000005");
});

test("all sessions can be ended from outside", async () => {
  const sandbox = await open(noMfa);
  const sid = await openSession(sandbox);
  sandbox.endSessions();
  expect((await get(sandbox, "/api/v1/sessions/me", sid)).status).toBe(404);
});

test("apps are listed to a session and to no one else", async () => {
  const sandbox = await open(noMfa);
  const { body } = await get(sandbox, "/api/v1/users/me/appLinks", await openSession(sandbox));
  expect(body).toMatchObject([
    { label: "Wiki", appName: "example_wiki_1", sortOrder: 0 },
    { label: "AWS Accounts", appName: "amazon_aws", linkUrl: sandbox.applicationUrl(), hidden: false },
    { label: "AWS IAM Identity Center", appName: "amazon_aws_sso" },
  ]);
  const stranger = await get(sandbox, "/api/v1/users/me/appLinks");
  expect([stranger.status, stranger.body.errorCode]).toEqual([403, "E0000005"]);
});

test("an app's link is the same in every sandbox, so that examples keep", async () => {
  const [one, two] = [await open(noMfa), await open(noMfa)];
  expect(new URL(one.applicationUrl()).pathname).toBe(new URL(two.applicationUrl("AWS Accounts")).pathname);
  expect(() => one.applicationUrl("Payroll")).toThrow('the scenario has no application "Payroll"');
});
