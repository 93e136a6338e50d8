import { expect, test } from "vitest";
import { type PushFactor, type Sandbox, type Scenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, begin, like, logIn, open, post } from "./client.ts";

/** Sends the push and polls so often; what each reply said. */
async function poll(sandbox: Sandbox, times: number): Promise<readonly (readonly [status: string, result: unknown, number: unknown])[]> {
  const { stateToken, verify } = await begin(sandbox);
  const said = [];
  for (let time = 0; time <= times; time += 1) {
    const { body } = await post(sandbox, verify(), { stateToken });
    said.push([body.status, body.factorResult, body._embedded.factor?._embedded.challenge?.correctAnswer] as const);
  }
  return said;
}

function withPush(push: Partial<PushFactor>): Scenario {
  const factor: PushFactor = { factorType: "push", provider: "OKTA", script: ["SUCCESS"], ...push };
  return { ...scenarios.default, users: scenarios.default.users.map((user) => ({ ...user, factors: [factor] })) };
}

async function send(sandbox: Sandbox): Promise<{ readonly challenge: Answer; readonly again: () => Promise<Answer> }> {
  const { stateToken, verify } = await begin(sandbox);
  const again = () => post(sandbox, verify(), { stateToken });
  return { challenge: await again(), again };
}

test("the default push is approved on the second poll", async () => {
  expect(await poll(await open(), 2)).toEqual([
    ["MFA_CHALLENGE", "WAITING", undefined],
    ["MFA_CHALLENGE", "WAITING", undefined],
    ["SUCCESS", undefined, undefined],
  ]);
});

test("a waiting push links to its poll, its resending and both ways out", async () => {
  const { challenge } = await send(await open());
  const { next, prev, cancel, resend } = challenge.body._links;
  expect([next.name, prev.href, cancel.href]).toEqual(["poll", like(/previous$/u), like(/cancel$/u)]);
  expect(resend).toMatchObject([{ name: "push", href: `${next.href}/resend` }]);
});

test.each([
  ["number-challenge", 30],
  ["number-challenge-zero", 0],
] as const)("%s shows its number after the first poll", async (name, number) => {
  expect(await poll(await open(scenarios[name]), 4)).toEqual([
    ["MFA_CHALLENGE", "WAITING", undefined],
    ["MFA_CHALLENGE", "WAITING", undefined],
    ["MFA_CHALLENGE", "WAITING", number],
    ["MFA_CHALLENGE", "WAITING", number],
    ["SUCCESS", undefined, undefined],
  ]);
});

test.each([
  ["push-rejected", "REJECTED"],
  ["push-timeout", "TIMEOUT"],
] as const)("after %s the next request sends a new push", async (name, result) => {
  const said = await poll(await open(scenarios[name]), 3);
  expect(said.map(([, factorResult]) => factorResult)).toEqual(["WAITING", "WAITING", result, "WAITING"]);
});

test("a push that ended links to a new one", async () => {
  const { again } = await send(await open(withPush({ script: ["REJECTED"] })));
  const { body } = await again();
  expect([body.factorResult, body._links.next.name, body._embedded.factor?._embedded]).toMatchObject([
    "REJECTED",
    "verify",
    { verification: null },
  ]);
});

test("the script goes on with the push that follows a rejected one", async () => {
  const said = await poll(await open(withPush({ script: ["REJECTED", "SUCCESS"] })), 3);
  expect(said.map(([status, result]) => result ?? status)).toEqual(["WAITING", "REJECTED", "WAITING", "SUCCESS"]);
});

test("a manual push waits until it is approved", async () => {
  const sandbox = await open(scenarios["push-manual"]);
  expect(sandbox.approvePush()).toBe(false);
  const { again } = await send(sandbox);
  expect((await again()).body.factorResult).toBe("WAITING");
  expect(sandbox.waitingPush()).toMatchObject({ login: "jdoe@example.com", number: undefined, manual: true });
  expect(sandbox.approvePush()).toBe(true);
  expect((await again()).body.status).toBe("SUCCESS");
  expect(sandbox.approvePush()).toBe(false);
});

test("a manual push can be rejected", async () => {
  const sandbox = await open(scenarios["push-manual"]);
  const { again } = await send(sandbox);
  expect(sandbox.rejectPush()).toBe(true);
  expect((await again()).body.factorResult).toBe("REJECTED");
});

test.each([
  [7, "SUCCESS"],
  [8, "REJECTED"],
])("a push that asks for 7 and gets %i ends as %s", async (number, ending) => {
  const sandbox = await open(withPush({ script: "manual", number: 7 }));
  const { challenge, again } = await send(sandbox);
  expect(challenge.body._embedded.factor?._embedded.challenge).toBeUndefined();
  expect((await again()).body._embedded.factor?._embedded.challenge?.correctAnswer).toBe(7);
  sandbox.approvePush(number);
  const { body } = await again();
  expect(body.factorResult ?? body.status).toBe(ending);
});

test("a push that nobody answers times out while its transaction lives", async () => {
  const sandbox = await open(withPush({ script: "manual" }));
  const { again } = await send(sandbox);
  sandbox.advance(200_000);
  expect((await again()).body.factorResult).toBe("WAITING");
  sandbox.advance(200_000);
  expect((await again()).body.factorResult).toBe("TIMEOUT");
});

test("resending starts the push anew", async () => {
  const sandbox = await open(withPush({ script: "manual" }));
  const { challenge, again } = await send(sandbox);
  sandbox.advance(200_000);
  const resent = await post(sandbox, challenge.body._links.resend[0]?.href ?? "", { stateToken: challenge.body.stateToken });
  expect([resent.status, resent.body.factorResult]).toEqual([200, "WAITING"]);
  sandbox.advance(200_000);
  expect((await again()).body.factorResult).toBe("WAITING");
});

test("nothing can be resent before it was sent", async () => {
  const sandbox = await open();
  const { stateToken, verify } = await begin(sandbox);
  const early = await post(sandbox, `${verify()}/resend`, { stateToken });
  expect([early.status, early.body.errorCode]).toEqual([403, "E0000079"]);
});

test("a transaction that succeeded is used up", async () => {
  const { again } = await send(await open(withPush({ script: ["SUCCESS"] })));
  expect((await again()).body.status).toBe("SUCCESS");
  const late = await again();
  expect([late.status, late.body.errorCode]).toEqual([401, "E0000011"]);
});

test("two devices of one person have ids of their own", async () => {
  const { factors } = (await logIn(await open(scenarios["two-devices"]))).body._embedded;
  expect(new Set(factors.map(({ id }: { id: string }) => id)).size).toBe(2);
});

test("a push right after another is one too many where the scenario says so", async () => {
  const sandbox = await open({ ...withPush({ script: "manual" }), pushGapMs: 20_000 });
  const { challenge } = await send(sandbox);
  const resend = () => post(sandbox, challenge.body._links.resend[0]?.href ?? "", { stateToken: challenge.body.stateToken });
  const early = await resend();
  expect([early.status, early.body.errorCode, early.headers.get("x-rate-limit-remaining")]).toEqual([429, "E0000047", "0"]);
  const untilReset = Number(early.headers.get("x-rate-limit-reset")) - new Date(early.headers.get("date") ?? "").getTime() / 1000;
  expect(untilReset).toBeGreaterThan(10);
  expect(untilReset).toBeLessThanOrEqual(21);
  sandbox.advance(20_000);
  expect((await resend()).body.factorResult).toBe("WAITING");
});

test("the gap between two pushes is one across sign-ins", async () => {
  const sandbox = await open({ ...withPush({ script: "manual" }), pushGapMs: 20_000 });
  await send(sandbox);
  expect((await send(sandbox)).challenge.status).toBe(429);
});

test("a wish for pushes without asking is kept for the device that succeeds, and sends none", async () => {
  const sandbox = await open(withPush({ script: ["SUCCESS"] }));
  const cookie = `DT=${/DT=(\w+)/u.exec((await logIn(sandbox)).headers.getSetCookie().join())?.[1] ?? ""}`;
  const again = () => post(sandbox, "/api/v1/authn", { username: "jdoe", password: "correct horse" }, { cookie });
  const { body } = await again();
  const [factor] = body._embedded.factors;
  expect(body._embedded.policy.factorsPolicyInfo).toMatchObject({ [factor?.id ?? ""]: { autoPushEnabled: false } });
  const poll = () => post(sandbox, `${factor?._links.verify.href ?? ""}?autoPush=true`, { stateToken: body.stateToken }, { cookie });
  expect([(await poll()).body.factorResult, (await poll()).body.status]).toEqual(["WAITING", "SUCCESS"]);
  const later = await again();
  expect(later.body._embedded.policy.factorsPolicyInfo).toMatchObject({ [factor?.id ?? ""]: { autoPushEnabled: true } });
  expect(sandbox.waitingPush()).toBeUndefined();
  expect((await logIn(sandbox)).body._embedded.policy.factorsPolicyInfo).toMatchObject({ [factor?.id ?? ""]: { autoPushEnabled: false } });
});

test("a push that nobody asked to go without asking is not", async () => {
  const sandbox = await open(withPush({ script: ["SUCCESS"] }));
  const cookie = `DT=${/DT=(\w+)/u.exec((await logIn(sandbox)).headers.getSetCookie().join())?.[1] ?? ""}`;
  const again = () => post(sandbox, "/api/v1/authn", { username: "jdoe", password: "correct horse" }, { cookie });
  const { body } = await again();
  const [factor] = body._embedded.factors;
  for (let poll = 0; poll < 2; poll += 1)
    await post(sandbox, factor?._links.verify.href ?? "", { stateToken: body.stateToken }, { cookie });
  expect((await again()).body._embedded.policy.factorsPolicyInfo).toMatchObject({ [factor?.id ?? ""]: { autoPushEnabled: false } });
});

test.each(["CANCELLED", "ERROR"] as const)("a push can end as %s", async (ending) => {
  const { again } = await send(await open(withPush({ script: [ending] })));
  expect((await again()).body.factorResult).toBe(ending);
});
