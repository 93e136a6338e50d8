import { expect, test } from "vitest";
import { type Sandbox, type Scenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { deviceToken } from "./browser.ts";
import { logIn, open, outcome, post, verifyLink } from "./client.ts";

const { "remember-device": remembering } = scenarios;

/** Signs in with that device; the query goes with the requests that it is told for. */
async function signInWith(sandbox: Sandbox, cookie: string, ask: "all" | "first" | "last" | "none" = "all") {
  const { body } = await post(sandbox, "/api/v1/authn", { username: "jdoe", password: "correct horse" }, { cookie });
  if (body.status === "SUCCESS") return "without a factor";
  const asks = { all: [1, 1, 1], first: [1, 0, 0], last: [0, 0, 1], none: [0, 0, 0] }[ask];
  const ends = [];
  for (const isAsked of asks) {
    const link = `${verifyLink(body)}${isAsked === 1 ? "?rememberDevice=true" : ""}`;
    ends.push((await post(sandbox, link, { stateToken: body.stateToken }, { cookie })).body.status);
  }
  return ends.at(-1) === "SUCCESS" ? "with a factor" : ends.join();
}

test("the policy says whether a device is remembered, and for how long", async () => {
  const policy = async (scenario: Scenario) => (await logIn(await open(scenario))).body._embedded.policy;
  expect(await policy(remembering)).toMatchObject({ allowRememberDevice: true, rememberDeviceLifetimeInMinutes: 60 });
  expect(await policy(scenarios.default)).toMatchObject({ allowRememberDevice: false });
});

test("a device that was to be remembered skips the factor, until the time is over", async () => {
  const sandbox = await open(remembering);
  const cookie = await deviceToken(sandbox);
  expect([await signInWith(sandbox, cookie), await signInWith(sandbox, cookie)]).toEqual(["with a factor", "without a factor"]);
  sandbox.advance(3_600_000);
  expect(await signInWith(sandbox, cookie)).toBe("with a factor");
});

test.each([
  ["first", "with a factor"],
  ["last", "without a factor"],
  ["none", "with a factor"],
] as const)("it counts on the request that succeeds: on the %s one it comes in again %s", async (ask, expected) => {
  const sandbox = await open(remembering);
  const cookie = await deviceToken(sandbox);
  await signInWith(sandbox, cookie, ask);
  expect(await signInWith(sandbox, cookie)).toBe(expected);
});

test("no other device is remembered, nor one without a cookie, nor one that the org did not make", async () => {
  const sandbox = await open(remembering);
  const [cookie, other] = [await deviceToken(sandbox), await deviceToken(sandbox)];
  await signInWith(sandbox, cookie);
  expect(await signInWith(sandbox, other, "none")).toBe("with a factor");
  expect([await signInWith(sandbox, "DT=made-up"), await signInWith(sandbox, "DT=made-up")]).toEqual(["with a factor", "with a factor"]);
  expect(outcome(await logIn(sandbox))).toEqual([200, "MFA_REQUIRED"]);
});

test("where the policy does not allow it nothing is remembered", async () => {
  const sandbox = await open(scenarios.default);
  const cookie = await deviceToken(sandbox);
  expect([await signInWith(sandbox, cookie), await signInWith(sandbox, cookie)]).toEqual(["with a factor", "with a factor"]);
});

test("no minutes are for as long as the cookie is there", async () => {
  const sandbox = await open({ ...remembering, rememberDevice: { minutes: 0 } });
  const cookie = await deviceToken(sandbox);
  await signInWith(sandbox, cookie);
  sandbox.advance(30 * 86_400_000);
  expect(await signInWith(sandbox, cookie)).toBe("without a factor");
});
