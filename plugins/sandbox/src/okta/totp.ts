import { createHmac } from "node:crypto";
import type { Reply } from "../http/message.ts";
import { type Attempt, challenge, passCodeOf, refuseAnswer, succeed } from "./attempt.ts";
import { refuse } from "./errors.ts";

type CodeVerdict = { readonly kind: "right"; readonly step: number } | { readonly kind: "used" | "outside" | "wrong" };

const STEP_SECONDS = 30;
/** Steps on either side that are still accepted, and those that are recognised but refused. */
const ACCEPTED = 1;
const RECOGNISED = 10;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The six digits that an authenticator app shows at that time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export function totpCode(secret: string, at: Date): string {
  return codeOfStep(decodeBase32(secret), stepOf(at));
}

/** Any of the devices that may answer shows a right code. */
export function verifyTotp(attempt: Attempt): Reply {
  const code = passCodeOf(attempt);
  if (code === undefined) return challenge(attempt);
  const now = attempt.visit.org.clock.now();
  const verdicts = attempt.choices.flatMap((enrolled) => {
    const { factor, usedStep } = enrolled;
    return "secret" in factor ? [{ enrolled, verdict: judgeCode(code, { secret: factor.secret, usedStep }, now) }] : [];
  });
  for (const { enrolled, verdict } of verdicts) {
    if (verdict.kind !== "right") continue;
    enrolled.usedStep = verdict.step;
    return succeed(attempt, "otp");
  }
  const kinds = verdicts.map(({ verdict }) => verdict.kind);
  if (kinds.includes("used")) return refuse("E0000082");
  return kinds.includes("outside") ? refuse("E0000083") : refuseAnswer(attempt);
}

function judgeCode(code: string, factor: { readonly secret: string; readonly usedStep: number }, at: Date): CodeVerdict {
  const key = decodeBase32(factor.secret);
  const now = stepOf(at);
  for (let distance = 0; distance <= RECOGNISED; distance += 1) {
    for (const step of [now - distance, now + distance]) {
      if (codeOfStep(key, step) !== code) continue;
      if (step <= factor.usedStep) return { kind: "used" };
      return distance <= ACCEPTED ? { kind: "right", step } : { kind: "outside" };
    }
  }
  return { kind: "wrong" };
}

function stepOf(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

/** @see https://www.rfc-editor.org/rfc/rfc4226#section-5.3 */
function codeOfStep(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(step, 0)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text.toUpperCase().replace(/[\s=]/gu, ""), (char) => BASE32.indexOf(char).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/gu) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
