import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState, Question } from "@aws-okta-processor/contract";
import { ask, type Reading } from "./ask.ts";
import { type Advice, answerRefusal, giveUp, isWaiting } from "./refusal.ts";

/** A code that an app, a token or a key makes. */
export interface CodeSource {
  readonly describe: Factor["describe"];
  readonly question: (factor: EnrolledFactor) => Omit<Question, "purpose">;
  readonly advice: Advice;
  /** Only where nothing else can be a code of this source. */
  readonly read?: (typed: string) => Reading;
}

/** Nothing has to be begun: the first request carries the code. */
export function code(source: CodeSource): Factor {
  return { describe: source.describe, respond: (state, host, factor) => respond(state, { source, host, factor }) };
}

interface Given {
  readonly source: CodeSource;
  readonly host: FactorHost;
  readonly factor: EnrolledFactor;
}

async function respond(state: FactorState, { source, host, factor }: Given): Promise<FactorAnswer> {
  const { advice, question, read } = source;
  const askForCode = () => ask(host, { purpose: "code", ...question(factor) }, read);
  switch (state.kind) {
    case "required":
      return askForCode();
    case "challenged":
      return isWaiting(state) ? askForCode() : giveUp(state.result, advice);
    case "refused":
      return answerRefusal(state, { host, advice, ask: askForCode });
    case "elsewhere":
      return giveUp("a redirect", advice);
  }
}
