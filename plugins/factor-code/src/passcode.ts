import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, Question } from "@aws-okta-processor/contract";
import { ask } from "./ask.ts";
import { code } from "./code.ts";
import { oneLine } from "./one-line.ts";

/** A code with a PIN before it, of a server that may ask for more in its own words: a new PIN, the next code. */
export function passcode(nameOf: (factor: EnrolledFactor) => string): Factor {
  const { describe, respond } = code({
    describe: (enrolled) => `${nameOf(enrolled)} code`,
    question: (enrolled) => ({ message: `Code from ${nameOf(enrolled)}, after your PIN if you have one`, secret: true }),
    advice: { used: "wait for the next one", untimely: "wait for the next one" },
  });
  return {
    describe,
    respond: async (state, host, enrolled) =>
      state.kind === "refused" && state.code === ASKS_FOR_MORE && state.attemptsLeft > 0
        ? answerServer(state.message, host, nameOf(enrolled))
        : respond(state, host, enrolled),
  };
}

/** @see https://developer.okta.com/docs/reference/error-codes/#E0000113 */
const ASKS_FOR_MORE = "E0000113";

async function answerServer(message: string, host: FactorHost, name: string): Promise<FactorAnswer> {
  const text = oneLine(message);
  host.tell(text === undefined ? `${name} asks for more` : `${name} says: ${text}`);
  if (text !== undefined && isAboutCode(text)) return ask(host, questionFor("code", `Next code from ${name}`));
  return ask(host, questionFor("pin", `Answer to ${name}`), (typed) => ({ passCode: typed.trim() }));
}

const questionFor = (purpose: Question["purpose"], message: string): Question => ({ purpose, message, secret: true });

/** The words are the server's and of any language: what is not plainly about a code alone is a PIN, which no command may answer. */
function isAboutCode(text: string): boolean {
  return /\b(token ?code|passcode|next (code|token))\b/i.test(text) && !/\bpins?\b/i.test(text);
}
