import { after, type Clock } from "../clock.ts";
import { type Reply, withHeaders } from "../http/message.ts";
import type { PushFactor, PushStep } from "../scenario.ts";
import { type Attempt, challenge, lockOut, succeed } from "./attempt.ts";
import { refuse } from "./errors.ts";
import type { PushChallenge, PushResult } from "./memory.ts";

const WAITING: PushResult = { factorResult: "WAITING", correctAnswer: undefined };

/** Polls the push that waits; sends one where none does. */
export function verifyPush(attempt: Attempt, factor: PushFactor): Reply {
  const push = attempt.transaction.challenge?.push;
  if (push === undefined || push.result.factorResult !== "WAITING") return sendPush(attempt, factor);
  const { factorResult } = pollPush(push, factor, attempt.visit.org.clock);
  if (factorResult === "LOCKED_OUT") return lockOut(attempt);
  return factorResult === "SUCCESS" ? succeed(attempt, "swk") : put(attempt, push);
}

/** The script goes on where that of the push before ended, and starts anew when it is at its end. */
export function sendPush(attempt: Attempt, factor: PushFactor): Reply {
  const { clock, lifetimes, scenario } = attempt.visit.org;
  const { person, challenge: running } = attempt.transaction;
  const free = after(person.pushedAt ?? new Date(0), (scenario.pushGapMs ?? 0) / 1000);
  if (clock.now() < free) return refuseUntil(free);
  person.pushedAt = clock.now();
  const previous = running?.push;
  const polls = previous !== undefined && previous.polls < factor.script.length ? previous.polls : 0;
  return put(attempt, { expiresAt: after(clock.now(), lifetimes.pushSeconds), polls, decision: undefined, result: WAITING });
}

function refuseUntil(free: Date): Reply {
  const reset = String(Math.ceil(free.getTime() / 1000));
  return withHeaders(refuse("E0000047"), { "x-rate-limit-limit": "1", "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset });
}

function put(attempt: Attempt, push: PushChallenge): Reply {
  const { factorResult, correctAnswer } = push.result;
  return challenge(attempt, {
    push,
    factorResult,
    shown: correctAnswer === undefined ? undefined : { correctAnswer },
    next: { name: factorResult === "WAITING" ? "poll" : "verify" },
    canResend: true,
  });
}

/** What the next poll of a push that waits says. */
function pollPush(push: PushChallenge, factor: PushFactor, clock: Clock): PushResult {
  push.result = decide(push, factor, clock);
  push.polls += 1;
  return push.result;
}

function decide(push: PushChallenge, factor: PushFactor, clock: Clock): PushResult {
  if (push.decision !== undefined) return { factorResult: push.decision, correctAnswer: undefined };
  if (clock.now() >= push.expiresAt) return { factorResult: "TIMEOUT", correctAnswer: undefined };
  if (factor.script === "manual") return { factorResult: "WAITING", correctAnswer: factor.number };
  return readStep(factor.script[Math.min(push.polls, factor.script.length - 1)] ?? "WAITING");
}

function readStep(step: PushStep): PushResult {
  if (typeof step === "object") return { factorResult: "WAITING", correctAnswer: step.correctAnswer };
  return { factorResult: step, correctAnswer: undefined };
}
