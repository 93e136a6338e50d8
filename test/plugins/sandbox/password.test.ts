import { expect, test } from "vitest";
import { type PasswordState, type Sandbox, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, get, like, logIn, open, openSession, outcome, playing, post, verifyLink } from "./client.ts";

const CHANGE = "/api/v1/authn/credentials/change_password";
const fresh = "Battery staple 7";

/** Signs in and asks to be warned, as far as the state of the password. */
async function reach(sandbox: Sandbox, password = "correct horse"): Promise<Answer> {
  return post(sandbox, "/api/v1/authn", { username: "jdoe", password, options: { warnBeforePasswordExpired: true } });
}

async function openAt(passwordState: PasswordState): Promise<{ readonly sandbox: Sandbox; readonly at: Answer }> {
  const sandbox = await open(playing({ passwordState }));
  return { sandbox, at: await reach(sandbox) };
}

function change(sandbox: Sandbox, { body }: Answer, fields: object): Promise<Answer> {
  return post(sandbox, CHANGE, { stateToken: body.stateToken, oldPassword: "correct horse", newPassword: fresh, ...fields });
}

test("who asks for it is warned of a password that expires, and may skip", async () => {
  const { sandbox, at } = await openAt({ kind: "warn", days: 4 });
  expect(at.body).toMatchObject({
    status: "PASSWORD_WARN",
    _embedded: { policy: { expiration: { passwordExpireDays: 4 }, complexity: { minLength: 8, minUpperCase: 0 } } },
    _links: {
      next: { name: "changePassword", href: sandbox.origin + CHANGE, hints: { allow: ["POST"] } },
      skip: { name: "skip", href: like(/\/api\/v1\/authn\/skip$/u) },
    },
  });
  expect(outcome(await post(sandbox, at.body._links.skip.href, { stateToken: at.body.stateToken }))).toEqual([200, "SUCCESS"]);
});

test("who does not ask is not warned", async () => {
  expect(outcome(await logIn(await open(playing({ passwordState: { kind: "warn", days: 4 } }))))).toEqual([200, "SUCCESS"]);
});

test("a password that expires can be changed at once", async () => {
  const { sandbox, at } = await openAt({ kind: "warn", days: 1 });
  expect(outcome(await change(sandbox, at, {}))).toEqual([200, "SUCCESS"]);
  expect(outcome(await reach(sandbox))).toEqual([401, "E0000004"]);
  expect(outcome(await reach(sandbox, fresh))).toEqual([200, "SUCCESS"]);
});

test("an expired password has to be changed, and cannot be skipped", async () => {
  const { sandbox, at } = await openAt({ kind: "expired", minLength: 10, minNumber: 1 });
  expect(at.body).toMatchObject({ status: "PASSWORD_EXPIRED", _embedded: { policy: { complexity: { minLength: 10, minNumber: 1 } } } });
  expect(at.body._links.skip).toBeUndefined();
  expect(outcome(await post(sandbox, "/api/v1/authn/skip", { stateToken: at.body.stateToken }))).toEqual([403, "E0000079"]);
  expect(outcome(await change(sandbox, at, {}))).toEqual([200, "SUCCESS"]);
  expect(outcome(await change(sandbox, at, {}))).toEqual([401, "E0000011"]);
});

test("the password's state comes after the factor", async () => {
  const sandbox = await open(scenarios["password-expired"]);
  const { body } = await logIn(sandbox);
  const poll = () => post(sandbox, verifyLink(body), { stateToken: body.stateToken });
  expect([outcome(await poll()), outcome(await poll()), outcome(await poll())]).toEqual([
    [200, "WAITING"],
    [200, "WAITING"],
    [200, "PASSWORD_EXPIRED"],
  ]);
  expect(outcome(await poll())).toEqual([403, "E0000079"]);
});

test.each([
  [undefined, [403, "E0000014"], "oldPassword: The credentials provided were incorrect."],
  ["older", [400, "E0000014"], "Old password is not correct"],
  ["complexity", [403, "E0000014"], "oldPassword: The credentials provided were incorrect."],
] as const)("a wrong old password is refused in the %s way", async (refusals, expected, cause) => {
  const { sandbox, at } = await openAt({ kind: "expired", ...(refusals === undefined ? {} : { refusals }) });
  const refused = await change(sandbox, at, { oldPassword: "wrong" });
  expect([outcome(refused), refused.body.errorCauses]).toMatchObject([expected, [{ errorSummary: cause }]]);
  expect(outcome(await change(sandbox, at, {}))).toEqual([200, "SUCCESS"]);
});

test.each([
  [undefined, [403, "E0000014"]],
  ["older", [400, "E0000014"]],
  ["complexity", [403, "E0000080"]],
] as const)("a new password that does not do is refused in the %s way", async (refusals, expected) => {
  const { sandbox, at } = await openAt({ kind: "expired", ...(refusals === undefined ? {} : { refusals }) });
  const refused = await change(sandbox, at, { newPassword: "short" });
  const errorSummary = "Password requirements were not met. Password requirements: at least 8 characters.";
  expect([outcome(refused), refused.body.errorCauses]).toMatchObject([expected, [{ errorSummary }]]);
});

test.each([
  ["correct horse", "at least 14 characters, an uppercase letter, a number, a symbol, not the password that you have"],
  ["ABCDEFGHIJKL 12!", "a lowercase letter"],
  ["JDoe is here 123!", "no parts of your username"],
])("of %j it is told what is missing", async (newPassword, missed) => {
  const rules = { minLength: 14, minLowerCase: 1, minUpperCase: 1, minNumber: 1, minSymbol: 1, excludeUsername: true };
  const { sandbox, at } = await openAt({ kind: "expired", ...rules });
  const { body } = await change(sandbox, at, { newPassword });
  expect(body.errorCauses?.[0]?.errorSummary).toBe(`Password requirements were not met. Password requirements: ${missed}.`);
});

test("a change without one of its passwords is an invalid request", async () => {
  const { sandbox, at } = await openAt({ kind: "expired" });
  expect(outcome(await change(sandbox, at, { newPassword: undefined }))).toEqual([400, "E0000001"]);
});

test("wrong old passwords lock the account", async () => {
  const sandbox = await open(playing({ passwordState: { kind: "expired" } }, { lockout: { wrongPasswords: 2 } }));
  const at = await reach(sandbox);
  expect(outcome(await change(sandbox, at, { oldPassword: "wrong" }))).toEqual([403, "E0000014"]);
  expect(outcome(await change(sandbox, at, { oldPassword: "wrong" }))).toEqual([403, "E0000069"]);
  expect(outcome(await change(sandbox, at, {}))).toEqual([401, "E0000011"]);
});

test("a change may end the sessions that there are", async () => {
  const sandbox = await open(playing({ passwordState: { kind: "warn", days: 2 } }));
  const sid = await openSession(sandbox);
  await change(sandbox, await reach(sandbox), { revokeSessions: true });
  expect((await get(sandbox, "/api/v1/sessions/me", sid)).status).toBe(404);
});

test("a password of another system's leads there, and cannot be changed here", async () => {
  const { sandbox, at } = await openAt({ kind: "expired-elsewhere", url: "https://passwords.example.com/change", title: "Directory" });
  expect(at.body).toMatchObject({
    status: "PASSWORD_EXPIRED",
    _links: {
      next: { name: "changePassword", title: "Directory", href: "https://passwords.example.com/change", hints: { allow: ["GET"] } },
    },
  });
  expect(at.body._embedded.policy).not.toHaveProperty("complexity");
  expect(outcome(await change(sandbox, at, {}))).toEqual([403, "E0000079"]);
});

test("some orgs tell of an expired password by an error, to who knows it alone", async () => {
  const sandbox = await open(scenarios["password-expired-error"]);
  expect(outcome(await logIn(sandbox))).toEqual([401, "E0000064"]);
  expect(outcome(await logIn(sandbox, "wrong"))).toEqual([401, "E0000004"]);
});

test("a password cannot be changed in another state", async () => {
  const sandbox = await open(scenarios["totp-only"]);
  expect(outcome(await change(sandbox, await reach(sandbox), {}))).toEqual([403, "E0000079"]);
});
