import { after, type Clock } from "../clock.ts";
import type { PushFactor, PushStep } from "../scenario.ts";

/** A push that was sent: where its script stands, and what the person did. */
export interface PushChallenge {
  readonly expiresAt: Date;
  polls: number;
  decision: "SUCCESS" | "REJECTED" | undefined;
  result: PushResult;
}

export interface PushResult {
  readonly factorResult: "WAITING" | "SUCCESS" | "REJECTED" | "TIMEOUT";
  readonly correctAnswer: number | undefined;
}

const WAITING: PushResult = { factorResult: "WAITING", correctAnswer: undefined };

export interface PushOptions {
  readonly clock: Clock;
  readonly seconds: number;
  /** The push before this one in the same transaction: the script goes on where that one ended, and starts anew when it is at its end. */
  readonly previous: PushChallenge | undefined;
}

export function sendPush(factor: PushFactor, { clock, seconds, previous }: PushOptions): PushChallenge {
  const polls = previous !== undefined && previous.polls < factor.script.length ? previous.polls : 0;
  return { expiresAt: after(clock.now(), seconds), polls, decision: undefined, result: WAITING };
}

/** What the next poll says. A push that ended stays ended. */
export function pollPush(push: PushChallenge, factor: PushFactor, clock: Clock): PushResult {
  if (push.result.factorResult !== "WAITING") return push.result;
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
