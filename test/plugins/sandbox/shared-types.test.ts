import { expect, test } from "vitest";
import { type Factor, scenarios, type TotpFactor, totpCode } from "../../../plugins/sandbox/src/index.ts";
import { begin, logIn, open, outcome, playing, post } from "./client.ts";

const TYPE = "/api/v1/authn/factors/token:software:totp/verify";
const phones = scenarios["two-totp"].users[0]?.factors as readonly TotpFactor[];

test("a type that somebody has twice can be verified as such", async () => {
  const sandbox = await open(scenarios["two-totp"]);
  const { body } = await logIn(sandbox);
  expect(body._embedded.factorTypes).toMatchObject([
    { factorType: "token:software:totp", _links: { next: { name: "verify", href: sandbox.origin + TYPE } } },
  ]);
});

test("a code of either phone answers for the type", async () => {
  for (const { secret } of phones) {
    const sandbox = await open(scenarios["two-totp"]);
    const { stateToken } = await begin(sandbox);
    expect(outcome(await post(sandbox, TYPE, { stateToken, passCode: totpCode(secret, new Date()) }))).toEqual([200, "SUCCESS"]);
  }
});

test("the code of one phone does not answer for the other", async () => {
  const sandbox = await open(scenarios["two-totp"]);
  const { stateToken, verify } = await begin(sandbox);
  const passCode = totpCode(phones[1]?.secret ?? "", new Date());
  expect(outcome(await post(sandbox, verify(0), { stateToken, passCode }))).toEqual([403, "E0000068"]);
});

test("a challenge of a type names all that may answer it", async () => {
  const sandbox = await open(scenarios["two-totp"]);
  const { stateToken, verify } = await begin(sandbox);
  const { body } = await post(sandbox, TYPE, { stateToken });
  expect(body).toMatchObject({
    status: "MFA_CHALLENGE",
    challengeType: "FACTOR_TYPE",
    factorType: "token:software:totp",
    _links: { next: { name: "verify", href: sandbox.origin + TYPE } },
  });
  expect(body._embedded.factors.map(({ id }) => id)).toHaveLength(2);
  expect(body._embedded.factor).toBeUndefined();
  expect(outcome(await post(sandbox, verify(0), { stateToken, passCode: "000000" }))).toEqual([403, "E0000079"]);
});

test.each<[string, readonly Factor[]]>([
  ["one that there is once", scenarios["totp-only"].users[0]?.factors ?? []],
  [
    "one of which one is Google's",
    [
      { factorType: "token:software:totp", provider: "OKTA", secret: "JBSWY3DPEHPK3PXP" },
      { factorType: "token:software:totp", provider: "GOOGLE", secret: "KRSXG5CTMVRXEZLU" },
    ],
  ],
])("no other type can: %s", async (_, factors) => {
  const sandbox = await open(playing({ factors }));
  const { body } = await logIn(sandbox);
  expect(body._embedded.factorTypes).toBeUndefined();
  expect(outcome(await post(sandbox, TYPE, { stateToken: body.stateToken }))).toEqual([404, "E0000007"]);
});
