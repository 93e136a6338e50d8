import { createHash, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Sandbox, WebAuthnFactor } from "../../../plugins/sandbox/src/index.ts";
import { withFactors } from "../../support/scenario.ts";
import { type Credential, enrol } from "../../support/security-keys.ts";
import { type Answer, begin, like, open, post } from "./client.ts";

const key = enrol("127.0.0.1");
const PRESENT = 0x01;
const VERIFIED = 0x04;

interface Waiting {
  readonly sandbox: Sandbox;
  readonly challenge: Challenge;
  readonly send: (fields?: Readonly<Record<string, string>>) => Promise<Answer>;
}

interface Challenge {
  readonly challenge: string;
  readonly userVerification: string;
  readonly extensions: unknown;
}

test("a request without an answer leads to a challenge of its own", async () => {
  const { sandbox, send } = await challenged(key.factor);
  const [first, second] = [await send(), await send()];
  expect(first.body).toMatchObject({
    status: "MFA_CHALLENGE",
    factorResult: "CHALLENGE",
    challengeType: "FACTOR",
    _embedded: {
      factor: {
        factorType: "webauthn",
        provider: "FIDO",
        profile: { credentialId: key.factor.credentialId, authenticatorName: "YubiKey 5" },
        _embedded: { challenge: { challenge: like(/^[\w-]{20}$/u), userVerification: "preferred", extensions: {} } },
      },
    },
    _links: { next: { name: "verify", href: like(`^${sandbox.origin}/api/v1/authn/factors/fwf\\w+/verify$`) } },
  });
  expect(challengeOf(first).challenge).not.toBe(challengeOf(second).challenge);
});

test("the right signature signs in", async () => {
  const { sandbox, challenge, send } = await challenged(key.factor);
  const answer = await send(signFor({ sandbox, challenge }));
  expect([answer.status, answer.body.status, answer.body.sessionToken]).toEqual([200, "SUCCESS", like(/./u)]);
});

test.each(["base64", "base64url"] as const)("an answer in %s is read", async (alphabet) => {
  const { sandbox, challenge, send } = await challenged(key.factor);
  const answer = await send(signFor({ sandbox, challenge, alphabet }));
  expect(answer.body.status).toBe("SUCCESS");
});

describe("a signature is refused", () => {
  test.each<[string, Partial<Order>]>([
    ["for another type", { type: "webauthn.create" }],
    ["for another challenge", { answered: "AAAAAAAAAAAAAAAAAAAA" }],
    ["for another origin", { origin: "https://acme.okta.com.evil.example" }],
    ["for another site", { rpId: "evil.example" }],
    ["inside another page", { crossOrigin: true }],
    ["without a touch", { flags: 0 }],
    ["by a key that is not enrolled", { credential: enrol("127.0.0.1").credential }],
    ["that is of other bytes", { tamper: true }],
  ])("%s", async (_, order) => {
    const { sandbox, challenge, send } = await challenged(key.factor);
    const answer = await send(signFor({ sandbox, challenge, ...order }));
    expect([answer.status, answer.body.errorCode]).toEqual([403, "E0000068"]);
  });

  test.each(["clientData", "authenticatorData", "signatureData"])("with %s that is nothing", async (field) => {
    for (const value of ["", "****", "e30=", "AAAA"]) {
      const { sandbox, challenge, send } = await challenged(key.factor);
      const answer = await send({ ...signFor({ sandbox, challenge }), [field]: value });
      expect([value, answer.status, answer.body.errorCode]).toEqual([value, 403, "E0000068"]);
    }
  });
});

test("where it is required the key must have verified who touched it", async () => {
  const factor: WebAuthnFactor = { ...key.factor, userVerification: "required" };
  const { sandbox, challenge, send } = await challenged(factor);
  expect(challenge.userVerification).toBe("required");
  expect((await send(signFor({ sandbox, challenge }))).body.errorCode).toBe("E0000068");
  const next = challengeOf(await send());
  expect((await send(signFor({ sandbox, challenge: next, flags: PRESENT | VERIFIED }))).body.status).toBe("SUCCESS");
});

test("a challenge is used up by an answer, and the next one may be right", async () => {
  const { sandbox, challenge, send } = await challenged(key.factor);
  expect((await send(signFor({ sandbox, challenge, tamper: true }))).body.errorCode).toBe("E0000068");
  const late = await send(signFor({ sandbox, challenge }));
  expect([late.status, late.body.errorCode]).toEqual([403, "E0000079"]);
  const next = challengeOf(await send());
  expect((await send(signFor({ sandbox, challenge: next }))).body.status).toBe("SUCCESS");
});

test("an answer that nobody asked for is not allowed", async () => {
  const sandbox = await open(withFactors("default", key.factor));
  const { stateToken, verify } = await begin(sandbox);
  const answer = await post(sandbox, verify(), { stateToken, clientData: "e30=", authenticatorData: "", signatureData: "" });
  expect([answer.status, answer.body.errorCode]).toEqual([403, "E0000079"]);
});

test("wrong answers count towards the lock of the account", async () => {
  const sandbox = await open({ ...withFactors("default", key.factor), lockout: { wrongCodes: 2 } });
  const { challenge, send } = await challengedAt(sandbox);
  expect((await send(signFor({ sandbox, challenge, tamper: true }))).body.errorCode).toBe("E0000068");
  const next = challengeOf(await send());
  expect((await send(signFor({ sandbox, challenge: next, tamper: true }))).body.errorCode).toBe("E0000069");
});

test("a credential of U2F is known by its appid, and one without is not", async () => {
  const sandbox = await open(withFactors("default", key.factor));
  const { origin } = sandbox;
  const old = await open(withFactors("default", { ...key.factor, appid: origin }));
  const waiting = await challengedAt(old);
  expect(waiting.challenge.extensions).toMatchObject({ appid: origin });
  expect((await waiting.send(signFor({ ...waiting, rpId: origin }))).body.status).toBe("SUCCESS");
  const other = await challengedAt(sandbox);
  expect((await other.send(signFor({ ...other, rpId: origin }))).body.errorCode).toBe("E0000068");
});

test("of several keys any may answer", async () => {
  const second = enrol("127.0.0.1", { authenticatorName: "Spare" });
  const sandbox = await open(withFactors("default", key.factor, second.factor));
  const { stateToken } = await begin(sandbox);
  const send = (fields = {}) => post(sandbox, "/api/v1/authn/factors/webauthn/verify", { stateToken, ...fields });
  const challenge = await send();
  expect(challenge.body).toMatchObject({
    challengeType: "FACTOR_TYPE",
    factorType: "webauthn",
    _embedded: {
      challenge: { challenge: like(/^[\w-]{20}$/u) },
      factors: [{ profile: { authenticatorName: "YubiKey 5" } }, { profile: { authenticatorName: "Spare" } }],
    },
    _links: { next: { name: "verify", href: `${sandbox.origin}/api/v1/authn/factors/webauthn/verify` } },
  });
  const answer = await send(signFor({ sandbox, challenge: challengeOf(challenge), credential: second.credential }));
  expect(answer.body.status).toBe("SUCCESS");
});

interface Order {
  readonly sandbox: Sandbox;
  readonly challenge: Challenge;
  readonly type: string;
  readonly answered: string;
  readonly origin: string;
  readonly crossOrigin: boolean;
  readonly rpId: string;
  readonly flags: number;
  readonly credential: Credential;
  readonly alphabet: "base64" | "base64url";
  /** One bit of the signature is turned. */
  readonly tamper: boolean;
}

/** What a browser and a key would send. */
function signFor(order: Partial<Order> & Pick<Order, "sandbox" | "challenge">): Readonly<Record<string, string>> {
  const { type = "webauthn.get", answered = order.challenge.challenge, origin = order.sandbox.origin, crossOrigin = false } = order;
  const { rpId = "127.0.0.1", flags = PRESENT, credential = key.credential, alphabet = "base64", tamper = false } = order;
  const clientData = Buffer.from(JSON.stringify({ type, challenge: answered, origin, crossOrigin }));
  const authenticatorData = Buffer.concat([sha256(rpId), Buffer.from([flags, 0, 0, 0, 1])]);
  const signatureData = sign("sha256", Buffer.concat([authenticatorData, sha256(clientData)]), credential.privateKey);
  if (tamper) signatureData.writeUInt8(signatureData.readUInt8(20) ^ 1, 20);
  const fields = { clientData, authenticatorData, signatureData };
  return Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString(alphabet)]));
}

function sha256(content: Buffer | string): Buffer {
  return createHash("sha256").update(content).digest();
}

async function challenged(factor: WebAuthnFactor): Promise<Waiting> {
  return challengedAt(await open(withFactors("default", factor)));
}

/** Jane has typed her password, and her key is asked for. */
async function challengedAt(sandbox: Sandbox): Promise<Waiting> {
  const { stateToken, verify } = await begin(sandbox);
  const send = (fields = {}) => post(sandbox, verify(), { stateToken, ...fields });
  return { sandbox, send, challenge: challengeOf(await send()) };
}

function challengeOf({ text }: Answer): Challenge {
  const { _embedded } = JSON.parse(text) as { _embedded: { challenge?: Challenge; factor?: { _embedded: { challenge: Challenge } } } };
  const found = _embedded.challenge ?? _embedded.factor?._embedded.challenge;
  if (found === undefined) throw new Error(`there is no challenge in ${text}`);
  return found;
}
