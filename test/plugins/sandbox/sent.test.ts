import { expect, test } from "vitest";
import { type Sandbox, type Scenario, type SentFactor, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, begin, get, like, open, outcome, playing, post } from "./client.ts";

const sms: SentFactor = { factorType: "sms", provider: "OKTA", to: "+1 XXX-XXX-0199" };

interface Begun {
  readonly sandbox: Sandbox;
  readonly verify: (passCode?: string) => Promise<Answer>;
  readonly resend: () => Promise<Answer>;
}

async function start(scenario: Scenario): Promise<Begun> {
  const sandbox = await open(scenario);
  const { stateToken, verify } = await begin(sandbox);
  return {
    sandbox,
    verify: (passCode) => post(sandbox, verify(), { stateToken, passCode }),
    resend: () => post(sandbox, `${verify()}/resend`, { stateToken }),
  };
}

test.each([
  ["sms", { phoneNumber: "+1 XXX-XXX-0199" }, "sms"],
  ["call", { phoneNumber: "+1 XXX-XXX-0123" }, "tel"],
  ["email", { email: "j...e@example.com" }, "otp"],
] as const)("a code by %s is sent by the first request and taken by the next", async (name, profile, method) => {
  const { sandbox, verify } = await start(scenarios[name]);
  expect(sandbox.lastCode()).toBeUndefined();
  const challenge = await verify();
  expect(challenge.body).toMatchObject({
    status: "MFA_CHALLENGE",
    _embedded: { factor: { factorType: name, profile, _embedded: { verification: null } } },
    _links: { next: { name: "verify" }, resend: [{ name, href: like(/verify\/resend$/u) }] },
  });
  expect(sandbox.lastCode()).toMatch(/^\d{6}$/u);
  expect(sandbox.sentCode()).toMatchObject({ login: "jdoe@example.com", factorType: name });
  const done = await verify(sandbox.lastCode());
  const session = await post(sandbox, "/api/v1/sessions", { sessionToken: done.body.sessionToken });
  expect((await get(sandbox, "/api/v1/sessions/me", session.body.id)).body).toMatchObject({ amr: ["pwd", method, "mfa"] });
});

test.each([
  ["sms", 30, "E0000109"],
  ["call", 30, "E0000133"],
  ["email", 5, "E0000118"],
] as const)("%s is sent again after %i seconds and not before", async (name, seconds, code) => {
  const { sandbox, verify, resend } = await start(scenarios[name]);
  await verify();
  const first = sandbox.lastCode();
  expect([outcome(await resend()), outcome(await verify())]).toEqual([
    [429, code],
    [429, code],
  ]);
  expect(sandbox.lastCode()).toBe(first);
  sandbox.advance(seconds * 1000);
  expect(outcome(await resend())).toEqual([200, "MFA_CHALLENGE"]);
  sandbox.advance(seconds * 1000);
  expect(outcome(await verify())).toEqual([200, "MFA_CHALLENGE"]);
});

test("a refused resend leaves the code that was sent as good as it was", async () => {
  const { sandbox, verify, resend } = await start(scenarios.sms);
  await verify();
  await resend();
  expect(outcome(await verify(sandbox.lastCode()))).toEqual([200, "SUCCESS"]);
});

test("of two codes only the later one is right", async () => {
  const { sandbox, verify, resend } = await start(playing({ factors: [sms] }));
  await verify();
  const first = sandbox.lastCode();
  do {
    sandbox.advance(30_000);
    await resend();
  } while (sandbox.lastCode() === first);
  expect(outcome(await verify(first))).toEqual([403, "E0000068"]);
  expect(outcome(await verify(sandbox.lastCode()))).toEqual([200, "SUCCESS"]);
});

test("a code that nobody sent is wrong", async () => {
  const { verify } = await start(scenarios.sms);
  expect(outcome(await verify("000000"))).toEqual([403, "E0000068"]);
});

test("a code is good for five minutes", async () => {
  const { sandbox, verify } = await start(playing({ factors: [sms] }, { lifetimes: { stateTokenSeconds: 900 } }));
  await verify();
  sandbox.advance(301_000);
  expect(outcome(await verify(sandbox.lastCode()))).toEqual([403, "E0000083"]);
});

test("a code is good once", async () => {
  const { sandbox, verify } = await start(playing({ factors: [sms] }));
  await verify();
  const code = sandbox.lastCode();
  await verify(code);
  const next = await begin(sandbox);
  expect(outcome(await post(sandbox, next.verify(), { stateToken: next.stateToken, passCode: code }))).toEqual([403, "E0000082"]);
});

test("a code may be fixed, and is good each time it is sent", async () => {
  const sandbox = await open(playing({ factors: [{ ...sms, code: "123456" }] }));
  for (let time = 0; time < 2; time += 1) {
    const { stateToken, verify } = await begin(sandbox);
    await post(sandbox, verify(), { stateToken });
    expect(outcome(await post(sandbox, verify(), { stateToken, passCode: "123456" }))).toEqual([200, "SUCCESS"]);
    sandbox.advance(30_000);
  }
});

test("two phones have limits of their own", async () => {
  const sandbox = await open(scenarios["two-phones"]);
  const { stateToken, verify } = await begin(sandbox);
  await post(sandbox, verify(0), { stateToken });
  await post(sandbox, "/api/v1/authn/previous", { stateToken });
  expect(outcome(await post(sandbox, verify(1), { stateToken }))).toEqual([200, "MFA_CHALLENGE"]);
  expect(sandbox.sentCode()?.to).toBe("+44 XXXX XX0123");
});

test("nothing can be resent before it was sent", async () => {
  const { resend } = await start(scenarios.sms);
  expect(outcome(await resend())).toEqual([403, "E0000079"]);
});
