import { expect, test } from "vitest";
import { scenarios } from "../../../plugins/sandbox/src/index.ts";
import { ask, begin, like, logIn, open, post, verifyLink } from "./client.ts";

const { "no-mfa": noMfa, default: standard, "locked-out": lockedOut, "locked-out-hidden": lockedOutHidden } = scenarios;

test("a password alone signs in where no factor is enrolled", async () => {
  const { status, body } = await logIn(await open(noMfa));
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "SUCCESS", sessionToken: like(/^00\w{40}$/u) });
  expect(body._embedded.user.profile).toMatchObject({ login: "jdoe@example.com", firstName: "Jane", lastName: "Doe" });
});

test("the whole login works as its short form does, in any case", async () => {
  const answer = await post(await open(noMfa), "/api/v1/authn", { username: "JDoe@Example.com", password: "correct horse" });
  expect(answer.body.status).toBe("SUCCESS");
});

test("factors are listed with what Okta tells of them before they are verified", async () => {
  const sandbox = await open();
  const { body } = await logIn(sandbox);
  expect(body.status).toBe("MFA_REQUIRED");
  expect(body._embedded.factors).toMatchObject([
    { factorType: "push", provider: "OKTA", vendorName: "OKTA", profile: {}, id: like(/^opf/u) },
    { factorType: "token:software:totp", provider: "OKTA", profile: {} },
    { factorType: "token:software:totp", provider: "GOOGLE", profile: { credentialId: "google" } },
  ]);
  expect(body._links.cancel).toMatchObject({ href: `${sandbox.origin}/api/v1/authn/cancel`, hints: { allow: ["POST"] } });
});

test("links start with the origin that was called", async () => {
  const sandbox = await open();
  const port = new URL(sandbox.origin).port;
  const { body } = await post(sandbox, `http://localhost:${port}/api/v1/authn`, { username: "jdoe", password: "correct horse" });
  expect(verifyLink(body)).toMatch(`http://localhost:${port}/api/v1/authn/factors/opf`);
});

test.each([
  ["a wrong password", { username: "jdoe", password: "wrong" }],
  ["an unknown user", { username: "nobody", password: "correct horse" }],
])("%s is refused, and one reply is as good as the other", async (_, fields) => {
  const { status, body } = await post(await open(), "/api/v1/authn", fields);
  expect(status).toBe(401);
  expect(body).toMatchObject({
    errorCode: "E0000004",
    errorLink: "E0000004",
    errorId: like(/^oae\w{22}$/u),
    errorCauses: [],
  });
});

test.each([
  ["no user name", { password: "x" }, "username: The field cannot be left blank"],
  ["no password", { username: "jdoe" }, "password: The field cannot be left blank"],
])("%s is an invalid request", async (_, fields, errorSummary) => {
  const { status, body } = await post(await open(), "/api/v1/authn", fields);
  expect(status).toBe(400);
  expect(body).toMatchObject({ errorCode: "E0000001", errorCauses: [{ errorSummary }] });
});

test("a locked account says so where the policy shows it", async () => {
  const { status, body } = await logIn(await open(lockedOut));
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "LOCKED_OUT", _links: { next: { name: "unlock" } } });
  expect(body.stateToken).toBeUndefined();
});

test("a locked account looks like a wrong password where the policy hides it", async () => {
  const { status, body } = await logIn(await open(lockedOutHidden));
  expect([status, body.errorCode]).toEqual([401, "E0000004"]);
});

test("wrong passwords lock the account, and the right one no longer opens it", async () => {
  const sandbox = await open({ ...noMfa, lockout: { wrongPasswords: 2, shown: true } });
  expect((await logIn(sandbox, "wrong")).body.errorCode).toBe("E0000004");
  expect((await logIn(sandbox, "wrong")).body.status).toBe("LOCKED_OUT");
  expect((await logIn(sandbox)).body.status).toBe("LOCKED_OUT");
});

test("introspect and a bare state token tell where the transaction stands", async () => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  const introspected = await post(sandbox, "/api/v1/authn/introspect", { stateToken });
  const repeated = await post(sandbox, "/api/v1/authn", { stateToken });
  expect([introspected.body.status, repeated.body.status]).toEqual(["MFA_REQUIRED", "MFA_REQUIRED"]);
  expect(introspected.body.stateToken).toBe(stateToken);
});

test("previous leads from a challenge back to the choice, and nowhere from there", async () => {
  const sandbox = await open();
  const { stateToken, verify } = await begin(sandbox);
  const challenge = await post(sandbox, verify(), { stateToken });
  const back = await post(sandbox, challenge.body._links.prev.href, { stateToken });
  expect([back.status, back.body.status]).toEqual([200, "MFA_REQUIRED"]);
  const further = await post(sandbox, "/api/v1/authn/previous", { stateToken });
  expect([further.status, further.body.errorCode]).toEqual([403, "E0000079"]);
});

test("a factor cannot be verified while another one is challenged", async () => {
  const sandbox = await open();
  const { stateToken, verify } = await begin(sandbox);
  await post(sandbox, verify(), { stateToken });
  const other = await post(sandbox, verify(1), { stateToken, passCode: "000000" });
  expect([other.status, other.body.errorCode]).toEqual([403, "E0000079"]);
});

test("a cancelled transaction is dead", async () => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  expect((await post(sandbox, "/api/v1/authn/cancel", { stateToken })).status).toBe(200);
  const again = await post(sandbox, "/api/v1/authn/cancel", { stateToken });
  expect([again.status, again.body.errorCode]).toEqual([401, "E0000011"]);
});

test("a state token lives as long as it is used, and five minutes more", async () => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  const introspect = async () => (await post(sandbox, "/api/v1/authn/introspect", { stateToken })).status;
  sandbox.advance(299_000);
  expect(await introspect()).toBe(200);
  sandbox.advance(299_000);
  expect(await introspect()).toBe(200);
  sandbox.advance(301_000);
  expect(await introspect()).toBe(401);
});

test("a state cannot be skipped", async () => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  const skipped = await post(sandbox, "/api/v1/authn/skip", { stateToken });
  expect([skipped.status, skipped.body.errorCode]).toEqual([403, "E0000079"]);
});

test("a factor that cannot be verified here refuses", async () => {
  const sandbox = await open(scenarios["no-supported-factor"]);
  const { stateToken, verify } = await begin(sandbox);
  const refused = await post(sandbox, verify(), { stateToken });
  expect([refused.status, refused.body.errorCode]).toEqual([403, "E0000006"]);
});

test("an unknown factor is not found", async () => {
  const sandbox = await open();
  const { stateToken } = await begin(sandbox);
  const answer = await post(sandbox, "/api/v1/authn/factors/opfNobody/verify", { stateToken });
  expect([answer.status, answer.body.errorCode]).toEqual([404, "E0000007"]);
});

test("every sign-in reply deletes the session cookie and sets two others", async () => {
  const { headers } = await logIn(await open(standard));
  const cookies = headers.getSetCookie();
  expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(["JSESSIONID", "DT", "sid"]);
  expect(cookies.at(-1)).toBe('sid=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT; Path=/; HttpOnly');
});

test("a device token that comes back is not replaced", async () => {
  const sandbox = await open(noMfa);
  const init = { method: "POST", headers: { "content-type": "application/json", cookie: "DT=known; JSESSIONID=mine" }, body: "{}" };
  const { headers } = await ask(sandbox, "/api/v1/authn", init);
  expect(headers.getSetCookie().map((cookie) => cookie.split(";")[0])).toEqual(["JSESSIONID=mine", 'sid=""']);
});
