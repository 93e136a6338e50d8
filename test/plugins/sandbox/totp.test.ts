import { expect, test } from "vitest";
import { type Sandbox, scenarios, totpCode } from "../../../plugins/sandbox/src/index.ts";
import { type Answer, begin, like, logIn, open, post } from "./client.ts";

const totpOnly = scenarios["totp-only"];
const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/** Sixty-four seconds ago, now, thirty seconds on: steps that cannot be each other, whenever the test runs. */
const at = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function start(sandbox: Sandbox): Promise<(passCode?: string) => Promise<Answer>> {
  const { stateToken, verify } = await begin(sandbox);
  return (passCode) => post(sandbox, verify(), { stateToken, passCode });
}

// RFC 6238, appendix B, cut to six digits.
test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [20_000_000_000, "353130"],
])("the code at second %i is %s", (second, code) => {
  expect(totpCode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", new Date(second * 1000))).toBe(code);
});

test("the right code signs in without a challenge first", async () => {
  const answer = await (await start(await open(totpOnly)))(totpCode(secret, new Date()));
  expect([answer.status, answer.body.status]).toEqual([200, "SUCCESS"]);
});

test("a request without a code leads to a challenge that takes one", async () => {
  const verify = await start(await open(totpOnly));
  const challenge = await verify();
  expect(challenge.body).toMatchObject({ status: "MFA_CHALLENGE", _links: { next: { name: "verify" } } });
  expect(challenge.body.factorResult).toBeUndefined();
  expect((await verify(totpCode(secret, new Date()))).body.status).toBe("SUCCESS");
});

test("a wrong code is refused and the next one may be right", async () => {
  const verify = await start(await open(totpOnly));
  const wrong = await verify("wrong!");
  expect(wrong.status).toBe(403);
  expect(wrong.body).toMatchObject({ errorCode: "E0000068", errorCauses: [{ errorSummary: like(/./u) }] });
  expect((await verify(totpCode(secret, new Date()))).body.status).toBe("SUCCESS");
});

test("a code is good for one use, across sign-ins, and so is every code before it", async () => {
  const sandbox = await open(totpOnly);
  const code = totpCode(secret, at(30));
  expect((await (await start(sandbox))(code)).body.status).toBe("SUCCESS");
  const verify = await start(sandbox);
  expect((await verify(code)).body.errorCode).toBe("E0000082");
  expect((await verify(totpCode(secret, new Date()))).body.errorCode).toBe("E0000082");
});

test("a code from two minutes ago is known and too old", async () => {
  const verify = await start(await open(totpOnly));
  const old = await verify(totpCode(secret, at(-120)));
  expect([old.status, old.body.errorCode]).toEqual([403, "E0000083"]);
});

test("the sandbox's own clock judges codes", async () => {
  const sandbox = await open({ ...totpOnly, lifetimes: { stateTokenSeconds: 86_400 } });
  const verify = await start(sandbox);
  sandbox.advance(3_600_000);
  expect((await verify(totpCode(secret, new Date()))).body.errorCode).toBe("E0000068");
  expect((await verify(totpCode(secret, at(3600)))).body.status).toBe("SUCCESS");
});

test("too many wrong codes lock the account", async () => {
  const sandbox = await open({ ...totpOnly, lockout: { wrongCodes: 2 } });
  const verify = await start(sandbox);
  expect((await verify("wrong!")).body.errorCode).toBe("E0000068");
  const last = await verify("wrong!");
  expect([last.status, last.body.errorCode]).toEqual([403, "E0000069"]);
  expect((await verify("wrong!")).body.errorCode).toBe("E0000011");
  expect((await logIn(sandbox)).body.errorCode).toBe("E0000004");
});
