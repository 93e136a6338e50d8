import type { Reply } from "../http/message.ts";
import type { PushFactor, TotpFactor } from "../scenario.ts";
import { textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import type { Enrolled, Org, Transaction } from "./org.ts";
import { pollPush, sendPush } from "./push.ts";
import type { Route, Visit } from "./route.ts";
import { judgeCode } from "./totp.ts";
import { findTransaction, grantSessionToken } from "./transactions.ts";
import { viewSuccess, viewTransaction } from "./views.ts";

export const factorRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn/factors/:factor/verify", body: "json", handle: verify },
  { method: "POST", path: "/api/v1/authn/factors/:factor/verify/resend", body: "json", handle: resend },
];

interface Attempt {
  readonly visit: Visit;
  readonly transaction: Transaction;
  readonly enrolled: Enrolled;
}

function verify(visit: Visit): Reply {
  const attempt = readAttempt(visit);
  if ("refusal" in attempt) return attempt.refusal;
  const { factor } = attempt.enrolled;
  if (factor.factorType === "push") return verifyPush(attempt, factor);
  if (factor.factorType === "token:software:totp") return verifyCode(attempt, factor);
  return refuse("E0000006");
}

function resend(visit: Visit): Reply {
  const attempt = readAttempt(visit);
  if ("refusal" in attempt) return attempt.refusal;
  const { factor } = attempt.enrolled;
  if (attempt.transaction.status !== "MFA_CHALLENGE" || factor.factorType !== "push") return refuse("E0000079");
  return push(attempt, factor);
}

function readAttempt(visit: Visit): Attempt | { readonly refusal: Reply } {
  const transaction = findTransaction(visit.org, visit.fields);
  if (transaction === undefined) return { refusal: refuse("E0000011") };
  const enrolled = transaction.person.factors.find(({ id }) => id === visit.params["factor"]);
  if (enrolled === undefined)
    return { refusal: refuse("E0000007", { summary: `Not found: Resource not found: ${visit.params["factor"]} (UserFactor)` }) };
  if (transaction.enrolled !== undefined && transaction.enrolled !== enrolled) return { refusal: refuse("E0000079") };
  return { visit, transaction, enrolled };
}

function verifyPush(attempt: Attempt, factor: PushFactor): Reply {
  const { transaction, visit } = attempt;
  if (transaction.push === undefined || transaction.push.result.factorResult !== "WAITING") return push(attempt, factor);
  const { factorResult } = pollPush(transaction.push, factor, visit.org.clock);
  return factorResult === "SUCCESS" ? succeed(attempt, "swk") : view(attempt);
}

function push(attempt: Attempt, factor: PushFactor): Reply {
  const { transaction, visit, enrolled } = attempt;
  transaction.status = "MFA_CHALLENGE";
  transaction.enrolled = enrolled;
  transaction.push = sendPush(factor, { clock: visit.org.clock, seconds: visit.org.lifetimes.pushSeconds, previous: transaction.push });
  return view(attempt);
}

function verifyCode(attempt: Attempt, factor: TotpFactor): Reply {
  const { visit, transaction, enrolled } = attempt;
  const code = textOf(visit.fields, "passCode");
  if (code === undefined) {
    transaction.status = "MFA_CHALLENGE";
    transaction.enrolled = enrolled;
    return view(attempt);
  }
  const verdict = judgeCode(code, { secret: factor.secret, usedStep: enrolled.usedStep }, visit.org.clock.now());
  switch (verdict.kind) {
    case "right":
      enrolled.usedStep = verdict.step;
      return succeed(attempt, "otp");
    case "used":
      return refuse("E0000082");
    case "outside":
      return refuse("E0000083");
    case "wrong":
      return refuseCode(attempt);
  }
}

function refuseCode({ visit, transaction }: Attempt): Reply {
  const { person } = transaction;
  person.wrongCodes += 1;
  if (person.wrongCodes < visit.org.lockout.wrongCodes) {
    return refuse("E0000068", { causes: ["Your passcode doesn't match our records. Please try again."] });
  }
  person.locked = true;
  visit.org.transactions.delete(transaction.stateToken);
  return refuse("E0000069");
}

function succeed({ visit, transaction }: Attempt, method: string): Reply {
  const { org } = visit;
  org.transactions.delete(transaction.stateToken);
  transaction.person.wrongCodes = 0;
  return viewSuccess(org, transaction.person, grantSessionToken(org, transaction.person, ["pwd", method, "mfa"]));
}

function view({ visit, transaction }: Attempt): Reply {
  return viewTransaction(transaction, visit.request.origin);
}

/** The transaction whose push is waiting for its person, the latest first. */
export function findWaiting(org: Org): Transaction | undefined {
  const waiting = [...org.transactions.values()].filter(
    ({ push: sent, expiresAt }) => sent?.result.factorResult === "WAITING" && expiresAt > org.clock.now(),
  );
  return waiting.at(-1);
}
