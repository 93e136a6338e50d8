import { randomInt } from "node:crypto";
import { after } from "../clock.ts";
import type { Reply } from "../http/message.ts";
import type { SentFactor } from "../scenario.ts";
import { type Attempt, challenge, passCodeOf, refuseAnswer, succeed } from "./attempt.ts";
import { type ErrorCode, refuse } from "./errors.ts";

const LIMITS = {
  sms: { seconds: 30, refusal: "E0000109", method: "sms" },
  call: { seconds: 30, refusal: "E0000133", method: "tel" },
  email: { seconds: 5, refusal: "E0000118", method: "otp" },
} as const satisfies Readonly<Record<SentFactor["factorType"], { seconds: number; refusal: ErrorCode; method: string }>>;

/** How long a code that was sent is good for. */
const GOOD_SECONDS = 300;

export function verifySent(attempt: Attempt, factor: SentFactor): Reply {
  const code = passCodeOf(attempt);
  if (code === undefined) return sendCode(attempt, factor);
  const { used, sent } = attempt.enrolled;
  if (used.has(code)) return refuse("E0000082");
  if (sent?.code !== code) return refuseAnswer(attempt);
  if (attempt.visit.org.clock.now() > after(sent.at, GOOD_SECONDS)) return refuse("E0000083");
  used.add(code);
  return succeed(attempt, LIMITS[factor.factorType].method);
}

/** Sends a code, unless the last one is too fresh; that one is then still good. */
export function sendCode(attempt: Attempt, factor: SentFactor): Reply {
  const { enrolled, visit, transaction } = attempt;
  const { seconds, refusal } = LIMITS[factor.factorType];
  const at = visit.org.clock.now();
  if (enrolled.sent !== undefined && at < after(enrolled.sent.at, seconds)) return refuse(refusal);
  const code = factor.code ?? String(randomInt(1_000_000)).padStart(6, "0");
  enrolled.used.delete(code);
  enrolled.sent = { code, at };
  visit.org.sentCode = { login: transaction.person.user.login, factorType: factor.factorType, to: factor.to, code };
  return challenge(attempt, { canResend: true });
}
