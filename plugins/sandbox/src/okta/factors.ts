import type { Reply } from "../http/message.ts";
import { type Attempt, readAttempt } from "./attempt.ts";
import { challengeClaimsProvider } from "./claims-provider.ts";
import { verifyCode } from "./codes.ts";
import { refuse } from "./errors.ts";
import type { Org, Transaction } from "./memory.ts";
import { sendPush, verifyPush } from "./push.ts";
import { verifyQuestion } from "./question.ts";
import type { Route, Visit } from "./route.ts";
import { sendCode, verifySent } from "./sent.ts";
import { verifyTotp } from "./totp.ts";
import { notAllowed } from "./transactions.ts";
import { challengeWebAuthn, verifyWebAuthn } from "./webauthn.ts";

export const factorRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn/factors/:factor/verify", body: "json", handle: verify },
  { method: "POST", path: "/api/v1/authn/factors/:factor/verify/resend", body: "json", handle: resend },
];

function verify(visit: Visit): Reply {
  const attempt = readAttempt(visit);
  return "refusal" in attempt ? attempt.refusal : verifyByKind(attempt);
}

/** Each kind of factor is known by what answers it; the rest is listed and no more. */
function verifyByKind(attempt: Attempt): Reply {
  const { factor } = attempt.enrolled;
  if ("script" in factor) return verifyPush(attempt, factor);
  if ("secret" in factor) return verifyTotp(attempt);
  if ("codes" in factor) return verifyCode(attempt, factor);
  if ("to" in factor) return verifySent(attempt, factor);
  if ("answer" in factor) return verifyQuestion(attempt, factor);
  if ("credentialId" in factor) return "clientData" in attempt.visit.fields ? verifyWebAuthn(attempt) : challengeWebAuthn(attempt);
  if ("duo" in factor) return challengeClaimsProvider(attempt, factor);
  return refuse("E0000006");
}

function resend(visit: Visit): Reply {
  const attempt = readAttempt(visit);
  if ("refusal" in attempt) return attempt.refusal;
  const { factor } = attempt.enrolled;
  if (attempt.transaction.status !== "MFA_CHALLENGE") return notAllowed();
  if ("script" in factor) return sendPush(attempt, factor);
  if ("to" in factor) return sendCode(attempt, factor);
  return notAllowed();
}

/** The transaction whose push is waiting for its person, the latest first. */
export function findWaiting(org: Org): Transaction | undefined {
  const waiting = [...org.transactions.values()].filter(
    ({ challenge, expiresAt }) => challenge?.push?.result.factorResult === "WAITING" && expiresAt > org.clock.now(),
  );
  return waiting.at(-1);
}
