import { expect, test } from "vitest";
import { scenarios } from "../../../plugins/sandbox/src/index.ts";
import { begin, like, logIn, open, outcome, post } from "./client.ts";

const everyFactor = scenarios["every-factor"];

test("every factor is listed with what Okta always tells, in the order in which it was enrolled", async () => {
  const { factors } = (await logIn(await open(everyFactor))).body._embedded;
  const listed = everyFactor.users[0]?.factors.map(({ factorType, provider }) => ({ factorType, provider, id: like(/^[a-z]{3}\w{17}$/u) }));
  expect(factors).toMatchObject(listed ?? []);
  expect(factors.find(({ id }) => id.startsWith("fuf"))?.profile).toMatchObject({ credentialId: "old-key" });
  expect(new Set(factors.map(({ id }) => id)).size).toBe(18);
});

test("every factor can be begun, but for those that are listed alone", async () => {
  const outcomes: ReturnType<typeof outcome>[] = [];
  for (const index of everyFactor.users[0]?.factors.keys() ?? []) {
    const sandbox = await open(everyFactor);
    const { stateToken, verify } = await begin(sandbox);
    outcomes.push(outcome(await post(sandbox, verify(index), { stateToken })));
  }
  const begun = outcomes.slice(0, 14);
  expect(begun.filter(([status]) => status !== 200)).toEqual([]);
  expect(outcomes.slice(14)).toEqual(Array.from({ length: 4 }, () => [403, "E0000006"]));
});

test("after one factor another can be taken, and the first again", async () => {
  const sandbox = await open(scenarios["six-factors"]);
  const { stateToken, verify } = await begin(sandbox);
  for (const index of [0, 4, 0]) {
    expect((await post(sandbox, verify(index), { stateToken })).body.status).toBe("MFA_CHALLENGE");
    expect(outcome(await post(sandbox, "/api/v1/authn/previous", { stateToken }))).toEqual([200, "MFA_REQUIRED"]);
  }
  expect(outcome(await post(sandbox, verify(4), { stateToken, answer: "abacus" }))).toEqual([200, "SUCCESS"]);
});
