import { expect, test } from "vitest";
import { type CodeFactor, type Scenario, scenarios } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, begin, get, logIn, open, outcome, playing, post } from "./client.ts";

const token: CodeFactor = { factorType: "token", provider: "RSA", codes: ["1111", "2222"], late: ["0000"] };

async function start(scenario: Scenario): Promise<(passCode?: string) => Promise<Answer>> {
  const sandbox = await open(scenario);
  const { stateToken, verify } = await begin(sandbox);
  return (passCode) => post(sandbox, verify(), { stateToken, passCode });
}

test.each([
  ["yubikey", { factorType: "token:hardware", provider: "YUBICO", profile: { credentialId: "000000012345" } }],
  ["hotp", { factorType: "token:hotp", provider: "CUSTOM", vendorName: "Entrust", profile: { credentialId: "jdoe@example.com" } }],
  ["symantec", { factorType: "token", provider: "SYMANTEC", vendorName: "SYMANTEC", profile: { credentialId: "VSMT00000001" } }],
  ["rsa", { factorType: "token", provider: "RSA" }],
  ["on-prem", { factorType: "token", provider: "DEL_OATH", vendorName: "On-Prem MFA" }],
] as const)("%s is listed as Okta lists it, and takes its first code", async (name, listed) => {
  const [user] = scenarios[name].users;
  const sandbox = await open(scenarios[name]);
  const { body } = await logIn(sandbox);
  expect(body._embedded.factors).toMatchObject([listed]);
  const [factor] = user?.factors ?? [];
  const { codes } = factor as CodeFactor;
  const verify = body._embedded.factors[0]?._links.verify.href ?? "";
  const done = await post(sandbox, verify, { stateToken: body.stateToken, passCode: codes[0] });
  expect(outcome(done)).toEqual([200, "SUCCESS"]);
  const session = await post(sandbox, "/api/v1/sessions", { sessionToken: done.body.sessionToken });
  expect((await get(sandbox, "/api/v1/sessions/me", session.body.id)).body).toMatchObject({ amr: ["pwd", "otp", "mfa"] });
});

test("a request without a code leads to a challenge that takes one", async () => {
  const verify = await start(playing({ factors: [token] }));
  expect((await verify()).body).toMatchObject({ status: "MFA_CHALLENGE", _links: { next: { name: "verify" } } });
  expect(outcome(await verify("1111"))).toEqual([200, "SUCCESS"]);
});

test("a wrong code is refused, and one whose time is over otherwise", async () => {
  const verify = await start(playing({ factors: [token] }));
  expect(outcome(await verify("9999"))).toEqual([403, "E0000068"]);
  expect(outcome(await verify("0000"))).toEqual([403, "E0000083"]);
  expect(outcome(await verify("2222"))).toEqual([200, "SUCCESS"]);
});

test("wrong codes are counted anew after a right one", async () => {
  const sandbox = await open(playing({ factors: [token] }, { lockout: { wrongCodes: 2 } }));
  for (const code of ["1111", "2222"]) {
    const { stateToken, verify } = await begin(sandbox);
    expect(outcome(await post(sandbox, verify(), { stateToken, passCode: "9999" }))).toEqual([403, "E0000068"]);
    expect(outcome(await post(sandbox, verify(), { stateToken, passCode: code }))).toEqual([200, "SUCCESS"]);
  }
});

test("a code is good for one sign-in", async () => {
  const sandbox = await open(playing({ factors: [token] }));
  const verify = async (passCode: string) => {
    const { stateToken, verify: link } = await begin(sandbox);
    return outcome(await post(sandbox, link(), { stateToken, passCode }));
  };
  expect([await verify("1111"), await verify("1111"), await verify("2222")]).toEqual([
    [200, "SUCCESS"],
    [403, "E0000082"],
    [200, "SUCCESS"],
  ]);
});

test("a token's server asks in words after the right code, as often as it likes", async () => {
  const verify = await start(scenarios["rsa-new-pin"]);
  const asked = await verify("1234271828");
  expect([outcome(asked), asked.body.errorSummary]).toEqual([[409, "E0000113"], "Enter a new PIN of 4 to 8 digits"]);
  const again = await verify("4321");
  expect([outcome(again), again.body.errorSummary]).toEqual([[409, "E0000113"], "Enter the new PIN again"]);
  expect(outcome(await verify("4321"))).toEqual([200, "SUCCESS"]);
});

test("a wrong answer to what was asked is a wrong code, and the question stands", async () => {
  const verify = await start(scenarios["rsa-next-token"]);
  expect(outcome(await verify("1234271828"))).toEqual([409, "E0000113"]);
  expect(outcome(await verify("1234271828"))).toEqual([403, "E0000068"]);
  expect(outcome(await verify("1234182845"))).toEqual([200, "SUCCESS"]);
});

test("what was asked once is not asked again", async () => {
  const sandbox = await open(scenarios["rsa-new-pin"]);
  const verify = async (passCode: string, from: { readonly stateToken: string; readonly verify: () => string }) =>
    outcome(await post(sandbox, from.verify(), { stateToken: from.stateToken, passCode }));
  const first = await begin(sandbox);
  for (const code of ["1234271828", "4321", "4321"]) await verify(code, first);
  expect(await verify("1234182845", await begin(sandbox))).toEqual([200, "SUCCESS"]);
});
