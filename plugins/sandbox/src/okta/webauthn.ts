import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import type { Reply } from "../http/message.ts";
import type { WebAuthnFactor } from "../scenario.ts";
import { type Attempt, challenge, refuseAnswer, succeed } from "./attempt.ts";
import { type Fields, textOf } from "./body.ts";
import { refuse } from "./errors.ts";

/** A new challenge for every request that holds no answer; the one before is forgotten. */
export function challengeWebAuthn(attempt: Attempt): Reply {
  const factors = factorsOf(attempt);
  const appid = factors.find((factor) => factor.appid !== undefined)?.appid;
  return challenge(attempt, {
    factorResult: "CHALLENGE",
    shown: {
      challenge: randomBytes(15).toString("base64url"),
      userVerification: factors.find((factor) => factor.userVerification !== undefined)?.userVerification ?? "preferred",
      extensions: appid === undefined ? {} : { appid },
    },
  });
}

/** A challenge is good for one answer, right or wrong. */
export function verifyWebAuthn(attempt: Attempt): Reply {
  const { transaction, visit } = attempt;
  const running = transaction.challenge;
  if (running?.shown === undefined) return refuse("E0000079");
  transaction.challenge = { ...running, shown: undefined };
  const wanted = { ...running.shown, origin: visit.request.origin };
  const answer = readAnswer(visit.fields, wanted);
  const right = answer !== undefined && factorsOf(attempt).some((factor) => isSignedBy(factor, answer, wanted));
  return right ? succeed(attempt, "hwk") : refuseAnswer(attempt, "The signature of the security key is not valid.");
}

interface Wanted {
  readonly origin: string;
  readonly challenge?: unknown;
  readonly userVerification?: unknown;
}

/** What a key signed: a site, who was there, and the browser's words. */
interface Answer {
  readonly rpIdHash: Buffer;
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/**
 * Reads the three fields.
 *
 * @returns undefined where they are not what was asked for
 * @see https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion
 * @see https://www.w3.org/TR/webauthn-2/#sctn-authenticator-data
 */
function readAnswer(fields: Fields, wanted: Wanted): Answer | undefined {
  const clientData = bytesOf(fields, "clientData");
  const data = bytesOf(fields, "authenticatorData");
  if (!isFor(clientData, wanted) || data.length < 37) return undefined;
  const flags = data.readUInt8(32);
  return {
    rpIdHash: data.subarray(0, 32),
    userPresent: (flags & 0x01) !== 0,
    userVerified: (flags & 0x04) !== 0,
    signed: Buffer.concat([data, sha256(clientData)]),
    signature: bytesOf(fields, "signatureData"),
  };
}

function isFor(clientData: Buffer, wanted: Wanted): boolean {
  const { type, challenge: answered, origin, crossOrigin } = parse(clientData);
  return type === "webauthn.get" && answered === wanted.challenge && origin === wanted.origin && crossOrigin !== true;
}

function isSignedBy({ publicKey, appid }: WebAuthnFactor, answer: Answer, { origin, userVerification }: Wanted): boolean {
  const isHere = [new URL(origin).hostname, appid].some((rpId) => rpId !== undefined && sha256(rpId).equals(answer.rpIdHash));
  if (!isHere || !answer.userPresent || (userVerification === "required" && !answer.userVerified)) return false;
  return verify("sha256", answer.signed, createPublicKey(publicKey), answer.signature);
}

function factorsOf({ choices }: Attempt): readonly WebAuthnFactor[] {
  return choices.flatMap(({ factor }) => ("credentialId" in factor ? [factor] : []));
}

/** Base64 of either alphabet, as Okta takes it; nothing where it is none. */
function bytesOf(fields: Fields, name: string): Buffer {
  const text = textOf(fields, name) ?? "";
  return /^[\w+/-]+={0,2}$/u.test(text) ? Buffer.from(text, "base64") : Buffer.alloc(0);
}

function parse(json: Buffer): Fields {
  try {
    const value: unknown = JSON.parse(json.toString("utf8"));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function sha256(content: Buffer | string): Buffer {
  return createHash("sha256").update(content).digest();
}
