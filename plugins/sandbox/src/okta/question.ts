import type { Reply } from "../http/message.ts";
import type { QuestionFactor } from "../scenario.ts";
import { type Attempt, challenge, refuseAnswer, succeed } from "./attempt.ts";
import { textOf } from "./body.ts";

export function verifyQuestion(attempt: Attempt, factor: QuestionFactor): Reply {
  const answer = textOf(attempt.visit.fields, "answer");
  if (answer === undefined) return challenge(attempt);
  return answer === factor.answer
    ? succeed(attempt, "kba")
    : refuseAnswer(attempt, "Your answer doesn't match our records. Please try again.");
}
