import type { Reply } from "../http/message.ts";
import type { CodeFactor } from "../scenario.ts";
import { type Attempt, challenge, passCodeOf, refuseAnswer, succeed } from "./attempt.ts";
import { refuse } from "./errors.ts";

/** A code of a token, and then what its server may still ask. */
export function verifyCode(attempt: Attempt, factor: CodeFactor): Reply {
  const code = passCodeOf(attempt);
  if (code === undefined) return challenge(attempt);
  return attempt.transaction.challenge?.inDialogue === true ? answerExchange(attempt, factor, code) : judgeCode(attempt, factor, code);
}

function judgeCode(attempt: Attempt, factor: CodeFactor, code: string): Reply {
  const { used } = attempt.enrolled;
  if (used.has(code)) return refuse("E0000082");
  if (factor.late?.includes(code) === true) return refuse("E0000083");
  if (!factor.codes.includes(code)) return refuseAnswer(attempt);
  used.add(code);
  return goOn(attempt, factor);
}

function answerExchange(attempt: Attempt, factor: CodeFactor, answer: string): Reply {
  const { enrolled } = attempt;
  if (factor.dialogue?.[enrolled.exchanges]?.answer !== answer) return refuseAnswer(attempt);
  enrolled.exchanges += 1;
  return goOn(attempt, factor);
}

/** The next of its questions; a dialogue is had once, whichever transaction ends it. */
function goOn(attempt: Attempt, factor: CodeFactor): Reply {
  const next = factor.dialogue?.[attempt.enrolled.exchanges];
  if (next === undefined) return succeed(attempt, "otp");
  challenge(attempt, { inDialogue: true });
  return refuse("E0000113", { summary: next.text });
}
