import { expect, test } from "vitest";
import { type Sandbox, scenarios, totpCode } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, like, logIn, open, outcome, playing, post, verifyLink } from "./client.ts";

function onward(sandbox: Sandbox, { body }: Answer, fields: object = {}): Promise<Answer> {
  return post(sandbox, body._links.next.href, { stateToken: body.stateToken, ...fields });
}

test("a factor that may be enrolled can be put off", async () => {
  const sandbox = await open(playing({ enrol: "optional" }));
  const at = await logIn(sandbox);
  expect(at.body).toMatchObject({
    status: "MFA_ENROLL",
    _links: { skip: { name: "skip", hints: { allow: ["POST"] } } },
  });
  expect(at.body._embedded.factors).toMatchObject([
    { factorType: "token:software:totp", provider: "OKTA", status: "NOT_SETUP", enrollment: "OPTIONAL" },
    { factorType: "question", enrollment: "OPTIONAL", _links: { enroll: { href: `${sandbox.origin}/api/v1/authn/factors` } } },
    { factorType: "sms", enrollment: "OPTIONAL" },
  ]);
  expect(outcome(await post(sandbox, at.body._links.skip.href, { stateToken: at.body.stateToken }))).toEqual([200, "SUCCESS"]);
});

test("a factor that must be enrolled cannot", async () => {
  const sandbox = await open(scenarios["enrol-required"]);
  const { body } = await logIn(sandbox);
  expect([body.status, body._links.skip, body._embedded.factors]).toMatchObject([
    "MFA_ENROLL",
    undefined,
    [{ enrollment: "REQUIRED" }, {}, {}],
  ]);
  expect(outcome(await post(sandbox, "/api/v1/authn/skip", { stateToken: body.stateToken }))).toEqual([403, "E0000079"]);
});

test("a factor is enrolled by a code of its secret, and asked for from then on", async () => {
  const sandbox = await open(scenarios["enrol-required"]);
  const { stateToken } = (await logIn(sandbox)).body;
  const at = await post(sandbox, "/api/v1/authn/factors", { stateToken, factorType: "token:software:totp", provider: "OKTA" });
  expect(at.body).toMatchObject({
    status: "MFA_ENROLL_ACTIVATE",
    _embedded: { factor: { _embedded: { activation: { timeStep: 30, encoding: "base32", keyLength: 6 } } } },
    _links: { next: { name: "activate", href: like(/factors\/ost\w+\/lifecycle\/activate$/u) } },
  });
  const secret = at.body._embedded.factor?._embedded.activation?.sharedSecret ?? "";
  expect(outcome(await onward(sandbox, at, { passCode: "wrong" }))).toEqual([403, "E0000068"]);
  expect(outcome(await onward(sandbox, at, { passCode: totpCode(secret, new Date()) }))).toEqual([200, "SUCCESS"]);
  const { body } = await logIn(sandbox);
  expect([body.status, body._embedded.factors]).toMatchObject(["MFA_REQUIRED", [{ factorType: "token:software:totp" }]]);
});

test("an enrolment that was begun leads back to the choice", async () => {
  const sandbox = await open(scenarios["enrol-required"]);
  const { stateToken } = (await logIn(sandbox)).body;
  await post(sandbox, "/api/v1/authn/factors", { stateToken, factorType: "token:software:totp", provider: "OKTA" });
  expect(outcome(await post(sandbox, "/api/v1/authn/previous", { stateToken }))).toEqual([200, "MFA_ENROLL"]);
  expect(outcome(await post(sandbox, "/api/v1/authn/factors", { stateToken, factorType: "sms", provider: "OKTA" }))).toEqual([
    403,
    "E0000006",
  ]);
});

test("nothing can be enrolled or activated in another state", async () => {
  const sandbox = await open(scenarios["totp-only"]);
  const { stateToken } = (await logIn(sandbox)).body;
  const fields = { stateToken, factorType: "token:software:totp", provider: "OKTA", passCode: "000000" };
  expect(outcome(await post(sandbox, "/api/v1/authn/factors", fields))).toEqual([403, "E0000079"]);
  expect(outcome(await post(sandbox, "/api/v1/authn/factors/ost1/lifecycle/activate", fields))).toEqual([403, "E0000079"]);
});

test("an enrolment that was begun elsewhere can be found", async () => {
  const sandbox = await open(scenarios["enrol-activate"]);
  expect((await logIn(sandbox)).body).toMatchObject({ status: "MFA_ENROLL_ACTIVATE", _links: { next: { name: "activate" } } });
});

test("an org that waits says how long, and goes on after so many polls", async () => {
  const sandbox = await open(playing({ poll: { times: 2, refreshMs: 60_000 } }));
  const at = await logIn(sandbox);
  expect(at.body).toMatchObject({
    status: "POLL",
    _embedded: { transaction: { profile: { refresh: 60_000 } } },
    _links: { next: { name: "poll", href: `${sandbox.origin}/api/v1/authn/poll` } },
  });
  const polls: unknown[] = [];
  for (let poll = 0; poll < 3; poll += 1) {
    sandbox.advance(60_000);
    polls.push(outcome(await onward(sandbox, at)));
  }
  expect(polls).toEqual([
    [200, "POLL"],
    [200, "POLL"],
    [200, "SUCCESS"],
  ]);
});

test("who polls too early is refused each time, and is heard later", async () => {
  const sandbox = await open(playing({ poll: { times: 1, refreshMs: 60_000 } }));
  const at = await logIn(sandbox);
  for (const heard of ["POLL", "SUCCESS"]) {
    expect(outcome(await onward(sandbox, at))).toEqual([429, "E0000047"]);
    sandbox.advance(60_000);
    expect(outcome(await onward(sandbox, at))).toEqual([200, heard]);
  }
});

test("an org that waits asks for the factor afterwards", async () => {
  const sandbox = await open({
    ...scenarios.poll,
    users: scenarios.poll.users.map((user) => ({ ...user, poll: { times: 0, refreshMs: 0 } })),
  });
  expect(outcome(await onward(sandbox, await logIn(sandbox)))).toEqual([200, "MFA_REQUIRED"]);
});

test("nothing is polled in another state", async () => {
  const sandbox = await open();
  const { stateToken } = (await logIn(sandbox)).body;
  expect(outcome(await post(sandbox, "/api/v1/authn/poll", { stateToken }))).toEqual([403, "E0000079"]);
});

test("a transaction may ask for user name and password once more", async () => {
  const sandbox = await open(playing({ state: { status: "UNAUTHENTICATED" } }));
  const at = await logIn(sandbox);
  expect(at.body).toMatchObject({
    status: "UNAUTHENTICATED",
    _links: { next: { name: "authenticate", href: `${sandbox.origin}/api/v1/authn` } },
  });
  expect(outcome(await onward(sandbox, at))).toEqual([200, "UNAUTHENTICATED"]);
  expect(outcome(await onward(sandbox, at, { username: "jdoe", password: "wrong" }))).toEqual([401, "E0000004"]);
  expect(outcome(await onward(sandbox, at, { username: "jdoe", password: "correct horse" }))).toEqual([200, "SUCCESS"]);
});

test("user name and password beside a state token are for that state alone", async () => {
  const sandbox = await open();
  const { stateToken } = (await logIn(sandbox)).body;
  const again = await post(sandbox, "/api/v1/authn", { stateToken, username: "jdoe", password: "correct horse" });
  expect(outcome(again)).toEqual([403, "E0000079"]);
});

test.each([
  ["RECOVERY", { recoveryType: "PASSWORD", _embedded: { user: { recovery_question: {} } }, _links: { next: { name: "answer" } } }],
  ["RECOVERY_CHALLENGE", { factorType: "SMS", _links: { next: { name: "verify" }, resend: { name: "sms" } } }],
  ["PASSWORD_RESET", { _links: { next: { name: "resetPassword" } } }],
  ["CONSENT_REQUIRED", { _embedded: { scopes: [{ name: "openid" }] }, _links: { next: { name: "consent" } } }],
  ["PROFILE_REQUIRED", { _links: { cancel: { hints: { allow: ["POST"] } } } }],
  ["PALM_READING_REQUIRED", { _links: { cancel: { hints: { allow: ["POST"] } } } }],
])("%s is played and leads nowhere but out", async (status, shape) => {
  const sandbox = await open(playing({ state: { status } }));
  const at = await logIn(sandbox);
  expect(at.body).toMatchObject({ status, stateToken: like(/^00/u), ...shape });
  expect((await onward(sandbox, at)).status).toBe(404);
  expect(outcome(await post(sandbox, "/api/v1/authn/skip", { stateToken: at.body.stateToken }))).toEqual([403, "E0000079"]);
  expect((await post(sandbox, at.body._links.cancel.href, { stateToken: at.body.stateToken })).status).toBe(200);
});

test("a state may come after the factor, of which it then says nothing", async () => {
  const [jdoe] = scenarios["totp-only"].users;
  const sandbox = await open(playing({ ...jdoe, state: { status: "CONSENT_REQUIRED", after: "factor" } }));
  const { body } = await logIn(sandbox);
  const verify = (fields: object) => post(sandbox, verifyLink(body), { stateToken: body.stateToken, ...fields });
  expect(outcome(await verify({}))).toEqual([200, "MFA_CHALLENGE"]);
  const passed = await verify({ passCode: totpCode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", new Date()) });
  expect([outcome(passed), passed.body._embedded.factor, passed.body._links.next.name]).toEqual([
    [200, "CONSENT_REQUIRED"],
    undefined,
    "consent",
  ]);
});

test("an enrolment that was begun may come after the factor, and ends with its own code", async () => {
  const [jdoe] = scenarios["totp-only"].users;
  const sandbox = await open(playing({ ...jdoe, state: { status: "MFA_ENROLL_ACTIVATE", after: "factor" } }));
  const { body } = await logIn(sandbox);
  const passCode = totpCode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", new Date());
  const at = await post(sandbox, verifyLink(body), { stateToken: body.stateToken, passCode });
  const secret = at.body._embedded.factor?._embedded.activation?.sharedSecret ?? "";
  expect(outcome(await onward(sandbox, at, { passCode: totpCode(secret, new Date()) }))).toEqual([200, "SUCCESS"]);
});

test("the states of a factor may have other names, and are the same", async () => {
  const sandbox = await open(scenarios["factor-states"]);
  const at = await logIn(sandbox);
  const verify = () => post(sandbox, verifyLink(at.body), { stateToken: at.body.stateToken });
  const sent = await verify();
  expect([at.body.status, sent.body.status]).toEqual(["FACTOR_REQUIRED", "FACTOR_CHALLENGE"]);
  await verify();
  expect(outcome(await verify())).toEqual([200, "SUCCESS"]);
  const enrolling = await logIn(await open(playing({ enrol: "required" }, { stateNames: "FACTOR" })));
  expect(enrolling.body.status).toBe("FACTOR_ENROLL");
});

test("no factor can be verified in a state that is about something else", async () => {
  const sandbox = await open(scenarios["enrol-required"]);
  const { stateToken } = (await logIn(sandbox)).body;
  expect(outcome(await post(sandbox, "/api/v1/authn/factors/opf1/verify", { stateToken }))).toEqual([403, "E0000079"]);
});
