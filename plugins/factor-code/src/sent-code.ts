import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { MOST_QUESTIONS, noCode, readCode, send } from "./ask.ts";
import { oneLine } from "./one-line.ts";
import { type Advice, answerRefusal, giveUp, isWaiting } from "./refusal.ts";

/** How Okta brings a code to the person. */
export interface Way {
  /** Its line in the menu, before the address. */
  readonly name: string;
  /** The field of the profile that says where to. */
  readonly address: "phoneNumber" | "email";
  /** Begins the question; the address follows. */
  readonly asked: string;
  /** The choice that has it sent once more. */
  readonly again: string;
  /** Okta does not send another before. */
  readonly everySeconds: number;
}

/** A code that Okta sends: once to begin with, and again only when the person says so. */
export function sentCode(way: Way): Factor {
  return {
    describe: (factor) => withAddress(way.name, factor, way),
    respond: (state, host, factor) => respond(state, { way, host, factor }),
  };
}

interface Given {
  readonly way: Way;
  readonly host: FactorHost;
  readonly factor: EnrolledFactor;
}

async function respond(state: FactorState, given: Given): Promise<FactorAnswer> {
  const { host, way } = given;
  const advice = adviceFor(way);
  switch (state.kind) {
    case "required":
      return host.canAsk("code") ? { do: "begin" } : ask(given, false);
    case "challenged":
      return isWaiting(state) ? ask(given, state.canResend) : giveUp(state.result, advice);
    case "refused":
      return answerRefusal(state, { host, advice, ask: () => ask(given, true) });
    case "elsewhere":
      return giveUp("a redirect", advice);
  }
}

function adviceFor({ everySeconds }: Way): Advice {
  const another = "press Enter alone to ask for another";
  return {
    used: another,
    untimely: another,
    tooSoon: `type the one that came, or wait ${everySeconds} seconds before you ask for another`,
  };
}

async function ask({ way, host, factor }: Given, canResend: boolean): Promise<FactorAnswer> {
  const message = `${withAddress(way.asked, factor, way)}; Enter alone for other ways`;
  for (let asked = 0; asked < MOST_QUESTIONS; asked += 1) {
    const { passCode } = readCode(await host.ask({ purpose: "code", message, secret: false }));
    if (passCode !== "") return send(passCode);
    const other = await choose(host, way, canResend);
    if (other !== undefined) return other;
  }
  return noCode;
}

/** @returns undefined where the person has the code after all */
async function choose(host: FactorHost, { again }: Way, canResend: boolean): Promise<FactorAnswer | undefined> {
  const choices = [TYPE, ...(canResend ? [again] : []), OTHER];
  const chosen = await host.ask({ purpose: "choice", message: "No code?", secret: false, choices });
  if (chosen === again) return { do: "resend" };
  return chosen === OTHER ? { do: "back" } : undefined;
}

const TYPE = "Type the code";
const OTHER = "Choose another factor";

function withAddress(text: string, { profile }: EnrolledFactor, { address }: Way): string {
  const to = oneLine(profile[address]);
  return to === undefined ? text : `${text} to ${to}`;
}
