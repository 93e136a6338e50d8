/** How the sign-in with a security key ends where Okta, and not the key, decides. */
import type { Scenario } from "@aws-okta-processor/sandbox";
import { expect, test } from "vitest";
import { factor as webauthn } from "../../plugins/factor-webauthn/src/webauthn.ts";
import { signIn } from "../../src/okta/sign-in.ts";
import { hostWith } from "../plugins/factor-webauthn/hosts.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { orgOf, useSandbox } from "../support/sandbox.ts";
import { withFactors } from "../support/scenario.ts";
import { enrol, installSecurityKeys, securityKey } from "../support/security-keys.ts";
import { handsAt } from "../support/sign-in.ts";

const VERIFY = "POST /api/v1/authn/factors/*/verify";
const { credential, factor } = enrol("127.0.0.1");

/** What comes of a touch at this org, after so many seconds. */
async function touch(change: Partial<Scenario>, seconds = 0) {
  const sandbox = await useSandbox({ ...withFactors("default", factor), ...change });
  const keys = installSecurityKeys(useFolder().path);
  keys.plugIn(securityKey([credential]));
  const { host } = hostWith(keys.bin, sandbox.origin);
  const { hands, world } = handsAt(sandbox, { choose: ["webauthn:fido"], plugin: webauthn });
  const chooseFactor: typeof hands.chooseFactor = async (offered, again) => {
    const tell = (message: string) => {
      sandbox.advance(seconds * 1000);
      host.tell(message);
    };
    return { ...(await hands.chooseFactor(offered, again)), host: { ...host, tell } };
  };
  const failure = await failureOf(() => signIn(orgOf(sandbox, world), { ...hands, chooseFactor }));
  return { code: failure.code, verified: sandbox.count(VERIFY), cancelled: sandbox.count("POST /api/v1/authn/cancel") };
}

test("a security key whose transaction died meanwhile is told as that", async () => {
  expect(await touch({}, 301)).toEqual({ code: "SIGN_IN_EXPIRED", verified: 2, cancelled: 1 });
});

test("a security key of an account that is locked meanwhile stops at once", async () => {
  const locked = { on: VERIFY, after: 1, status: 403, body: '{"errorCode":"E0000069","errorSummary":"User Locked"}' };
  expect(await touch({ faults: [locked] })).toEqual({ code: "LOCKED_OUT", verified: 2, cancelled: 1 });
});

test("a security key's answer that the org is too busy for is not sent again", async () => {
  const busy = { on: VERIFY, after: 1, status: 429, rateLimitResetSeconds: 1, body: '{"errorCode":"E0000047","errorSummary":"too many"}' };
  expect(await touch({ faults: [busy] })).toEqual({ code: "RATE_LIMITED", verified: 2, cancelled: 1 });
});
