import type { EnrolledFactor, FactorAnswer, FactorState } from "@aws-okta-processor/contract";
import { AppError, BugError, CancelledError, RefusedError, unreachable } from "../errors.ts";
import type { Request } from "../http/send.ts";
import { moveOn, type Verification, verify } from "./authn.ts";
import { isAnswer } from "./factor-answer.ts";
import { leaveOrg, returnToOrg } from "./factor-redirect.ts";
import { type Standing, stand, standAtFirst } from "./factor-standing.ts";
import type { ChosenFactor, SignInHands } from "./hands.ts";
import type { Org } from "./org.ts";
import type { Required, Transaction } from "./transaction.ts";

/** Okta gives a push five minutes; whoever has not answered by now does not sit there any more. */
const DEADLINE_MS = 600_000;

/**
 * Lets a factor's plugin answer until the transaction has another state.
 *
 * @throws RefusedError `FACTOR_GIVEN_UP`, `FACTOR_REFUSED`, `FACTOR_TIMED_OUT`, `LOCKED_OUT` or `SIGN_IN_EXPIRED`; BugError `PLUGIN_FAILED`
 */
export async function answerFactor(org: Org, required: Required, hands: SignInHands): Promise<Transaction> {
  hands.sawPolicy(required.mayRemember);
  if (hands.rememberDevice && !required.mayRemember) hands.tell(`${org.name} does not let this device be remembered.`);
  let from = required;
  for (let again = false; ; again = true) {
    const chosen = await hands.chooseFactor(from.factors, again);
    const outcome = await answerChosen(org, { required: from, chosen, hands });
    if (!("back" in outcome)) return outcome;
    if (outcome.back.status !== "MFA_REQUIRED") return outcome.back;
    from = outcome.back;
  }
}

interface Answering {
  readonly required: Required;
  readonly chosen: ChosenFactor;
  readonly hands: SignInHands;
}

/** @returns the state after the factor, or the one before it where the person wants another */
async function answerChosen(org: Org, answering: Answering): Promise<Transaction | { readonly back: Transaction }> {
  const { required, chosen, hands } = answering;
  const until = hands.now().getTime() + DEADLINE_MS;
  let standing = standAtFirst(chosen.offered);
  for (;;) {
    const answer = await respond(chosen, standing.state);
    if (answer.do === "give-up") throw new RefusedError(answer.reason, { code: "FACTOR_GIVEN_UP", hint: answer.hint });
    if (answer.do === "back") return { back: await backToChoice(org, required, standing) };
    if (hands.now().getTime() >= until)
      throw new RefusedError(`nobody answered ${chosen.offered.key} in time`, { code: "FACTOR_TIMED_OUT", hint: "run the command again" });
    const next = await carryOut(org, { answer, standing, answering });
    if ("status" in next) return next;
    standing = next;
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

/** A plugin learns neither the factor's id nor its links. */
export function forPlugin({ key, factorType, provider, vendorName, profile }: EnrolledFactor): EnrolledFactor {
  return { key, factorType, provider, vendorName, profile };
}

interface Step {
  readonly answer: Exclude<FactorAnswer, { do: "give-up" | "back" }>;
  readonly standing: Standing;
  readonly answering: Answering;
}

async function carryOut(org: Org, step: Step): Promise<Standing | Transaction> {
  const { answer, standing, answering } = step;
  switch (answer.do) {
    case "redirect":
      return { ...standing, state: { kind: "elsewhere", url: await leaveOrg(org, redirectOf(step)) } };
    case "return":
      return returnToOrg(org, answer.url);
    case "poll":
      await answering.hands.sleep(answer.afterMs);
      return ask(org, step, { url: standing.url, fields: {}, repeatable: true });
    case "resend":
      return ask(org, step, { url: standing.challenge?.resendUrl ?? standing.url, fields: {}, repeatable: false });
    case "begin":
      return ask(org, step, { url: answering.chosen.offered.verifyUrl, fields: {}, repeatable: "when limited" });
    case "send":
      return ask(org, step, { url: standing.url, fields: answer.fields, repeatable: false });
    default:
      return unreachable(answer);
  }
}

function redirectOf({ standing: { challenge }, answering: { chosen } }: Step): string {
  if (challenge?.next === "redirect") return challenge.nextUrl;
  throw new BugError(`${chosen.packageName} wants to follow a link that Okta did not give for ${chosen.offered.key}`, {
    code: "PLUGIN_FAILED",
    hint: `report it to the authors of ${chosen.packageName}`,
  });
}

interface Asked {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly repeatable: Request["repeatable"];
}

async function ask(org: Org, { standing, answering }: Step, { url, fields, repeatable }: Asked): Promise<Standing | Transaction> {
  const { required, hands } = answering;
  const remembering = hands.rememberDevice && required.mayRemember ? rememberAt(org, url) : url;
  const verification: Verification = await verify(org, remembering, { stateToken: required.stateToken, fields, repeatable });
  if (verification.ok && verification.transaction.status !== "MFA_CHALLENGE") return verification.transaction;
  return stand(org, standing, verification);
}

/** It must stand on the request that succeeds; which one that is nobody knows before. */
function rememberAt(org: Org, href: string): string {
  if (!URL.canParse(href, org.origin)) return href;
  const url = new URL(href, org.origin);
  url.searchParams.set("rememberDevice", "true");
  return url.href;
}

async function backToChoice(org: Org, required: Required, { challenge }: Standing): Promise<Transaction> {
  if (challenge?.previousUrl === undefined) return required;
  return moveOn(org, challenge.previousUrl, { stateToken: challenge.stateToken, what: "to go back to the choice of factors" });
}
