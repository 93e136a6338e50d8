import type { FactorAnswer, FactorState } from "@aws-okta-processor/contract";
import { AppError, BugError, CancelledError, RefusedError, unreachable } from "../errors.ts";
import { record } from "../json.ts";
import type { Secret } from "../secret.ts";
import { goBack, type Verification, verify } from "./authn.ts";
import type { ChosenFactor, SignInHands } from "./hands.ts";
import { lockedOut, type OktaFailure, type Org, refusal } from "./org.ts";
import type { Transaction } from "./transaction.ts";

type Challenge = Transaction & { readonly status: "MFA_CHALLENGE" };

/** Where one factor stands: what its plugin may know, and the links that only we may use. */
interface Standing {
  readonly state: FactorState;
  readonly challenge: Challenge | undefined;
  readonly url: string;
  readonly attemptsLeft: number;
}

/** Okta locks the account at a number of wrong codes that it does not tell; we stop before. */
const ATTEMPTS = 3;

/** Codes after which Okta still takes another answer on the same transaction. @see https://developer.okta.com/docs/reference/error-codes/ */
const ASK_AGAIN = new Set(["E0000068", "E0000082", "E0000083", "E0000113"]);
const LOCKED = new Set(["E0000069", "E0000119"]);

/**
 * Lets a factor's plugin answer until the transaction has another state: success, or the choice of factors again.
 *
 * @throws RefusedError `FACTOR_GIVEN_UP`, `FACTOR_REFUSED`, `LOCKED_OUT` or `SIGN_IN_EXPIRED`; BugError `PLUGIN_FAILED`
 */
export async function answerFactor(
  org: Org,
  required: Transaction & { readonly status: "MFA_REQUIRED" },
  hands: SignInHands,
): Promise<Transaction> {
  const chosen = await hands.chooseFactor(required.factors);
  let standing: Standing = { state: { kind: "required" }, challenge: undefined, url: chosen.offered.verifyUrl, attemptsLeft: ATTEMPTS };
  for (;;) {
    const answer = await respond(chosen, standing.state);
    if (answer.do === "give-up") throw new RefusedError(answer.reason, { code: "FACTOR_GIVEN_UP" });
    if (answer.do === "back") return backToChoice(org, required, standing.challenge);
    const verification = await carryOut(org, { answer, standing, stateToken: required.stateToken, sleep: hands.sleep });
    if (verification.ok && verification.transaction.status !== "MFA_CHALLENGE") return verification.transaction;
    standing = stand(org, standing, verification);
  }
}

/** A plugin that throws something of its own is named; what the host itself threw passes through. */
async function respond({ factor, host, packageName, offered }: ChosenFactor, state: FactorState): Promise<FactorAnswer> {
  const failed = (cause?: unknown) =>
    new BugError(`${packageName} failed while it answered ${offered.key}`, {
      code: "PLUGIN_FAILED",
      hint: `report it to the authors of ${packageName}`,
      cause,
    });
  try {
    const answer: unknown = await factor.respond(state, host, forPlugin(offered));
    if (isAnswer(answer)) return answer;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw host.signal.aborted ? new CancelledError() : failed(error);
  }
  throw failed();
}

/** A plugin is a stranger's: what it answers is looked at before it is believed. */
function isAnswer(value: unknown): value is FactorAnswer {
  const answer = record(value);
  const fields = record(answer?.["fields"]);
  switch (answer?.["do"]) {
    case "begin":
    case "resend":
    case "back":
      return true;
    case "send":
      return fields !== undefined && Object.values(fields).every((field) => typeof field === "string");
    case "poll":
      return typeof answer["afterMs"] === "number" && answer["afterMs"] >= 0;
    case "give-up":
      return typeof answer["reason"] === "string";
    default:
      return false;
  }
}

interface Step {
  readonly answer: Exclude<FactorAnswer, { do: "give-up" | "back" }>;
  readonly standing: Standing;
  readonly stateToken: Secret;
  readonly sleep: (ms: number) => Promise<void>;
}

async function carryOut(org: Org, { answer, standing, stateToken, sleep }: Step): Promise<Verification> {
  switch (answer.do) {
    case "begin":
      return verify(org, standing.url, { stateToken, fields: {}, repeatable: false });
    case "send":
      return verify(org, standing.url, { stateToken, fields: answer.fields, repeatable: false });
    case "resend":
      return verify(org, standing.challenge?.resendUrl ?? standing.url, { stateToken, fields: {}, repeatable: false });
    case "poll":
      await sleep(answer.afterMs);
      return verify(org, standing.url, { stateToken, fields: {}, repeatable: true });
    default:
      return unreachable(answer);
  }
}

function stand(org: Org, before: Standing, verification: Verification): Standing {
  if (!verification.ok) return standRefused(org, before, verification.failure);
  const challenge = verification.transaction.status === "MFA_CHALLENGE" ? verification.transaction : undefined;
  const { factorResult = undefined, challenge: question, resendUrl, nextUrl = before.url } = challenge ?? {};
  const next = { challenge, url: nextUrl, attemptsLeft: before.attemptsLeft };
  if (factorResult === undefined || factorResult === "WAITING" || factorResult === "CHALLENGE") {
    return { ...next, state: { kind: "challenged", result: factorResult, challenge: question, canResend: resendUrl !== undefined } };
  }
  return countRefusal(org, next, { code: factorResult, message: factorResult });
}

function standRefused(org: Org, before: Standing, failure: OktaFailure): Standing {
  if (LOCKED.has(failure.code)) throw lockedOut(org);
  if (failure.code === "E0000011")
    throw new RefusedError(`the sign-in at ${org.name} has expired`, { code: "SIGN_IN_EXPIRED", hint: "run the command again" });
  if (!ASK_AGAIN.has(failure.code)) throw refusal(org, "the factor", failure);
  return countRefusal(org, before, { code: failure.code, message: failure.summary });
}

function countRefusal(org: Org, before: Omit<Standing, "state">, why: { readonly code: string; readonly message: string }): Standing {
  const attemptsLeft = before.attemptsLeft - 1;
  if (attemptsLeft > 0) return { ...before, attemptsLeft, state: { kind: "refused", ...why, attemptsLeft } };
  throw new RefusedError(`${org.name} refused the factor ${ATTEMPTS} times: ${why.message}`, {
    code: "FACTOR_REFUSED",
    hint: "more attempts would lock the account",
  });
}

async function backToChoice(org: Org, required: Transaction, challenge: Challenge | undefined): Promise<Transaction> {
  if (challenge?.previousUrl === undefined) return required;
  return goBack(org, challenge.previousUrl, challenge.stateToken);
}
