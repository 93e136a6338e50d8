import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { answerDuo } from "./answer-duo.ts";
import { clean } from "./clean.ts";
import { GiveUp } from "./give-up.ts";

/** Duo Universal Prompt: Okta sends the person to Duo's pages, and Duo sends them back. */
export const factor: Factor = {
  describe: (enrolled) => nameOf(enrolled),
  respond: async (state, host) => next(state, host),
};

/** An org may have made any identity provider its factor; where it leads is seen on the way. */
function nameOf({ vendorName }: EnrolledFactor): string {
  const name = clean(vendorName ?? "");
  return name === "" || name === "CUSTOM" ? "Duo Universal Prompt" : name;
}

async function next(state: FactorState, host: FactorHost): Promise<FactorAnswer> {
  switch (state.kind) {
    case "required":
      return { do: "begin" };
    case "challenged":
      return isWaiting(state.result) ? { do: "redirect" } : failed(state.result);
    case "elsewhere":
      return visit(state.url, host);
    case "refused":
      return failed(state.code);
  }
}

/** Okta's documentation shows no result here; orgs have sent these. */
function isWaiting(result: string | undefined): boolean {
  return result === undefined || result === "CHALLENGE" || result === "WAITING";
}

async function visit(url: URL, host: FactorHost): Promise<FactorAnswer> {
  try {
    return await answerDuo(url, host);
  } catch (error) {
    if (!(error instanceof GiveUp)) throw error;
    return { do: "give-up", reason: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  }
}

function failed(code: string | undefined): FactorAnswer {
  const name = clean(code ?? "");
  return { do: "give-up", reason: `Okta did not take what Duo said${name === "" ? "" : `: ${name}`}` };
}
