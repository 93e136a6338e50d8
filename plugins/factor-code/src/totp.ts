import type { Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";

/** A code that an app shows and that changes every 30 seconds. */
export function totp(app: string): Factor {
  return { describe: () => `${app} code`, respond: (state, host) => respond(state, host, app) };
}

interface Refusal {
  readonly problem: string;
  /** Undefined where no other code can help. */
  readonly advice?: string;
}

const used: Refusal = { problem: "this code was used before", advice: "wait for the next one" };
const untimely: Refusal = {
  problem: "this code is not of this moment",
  advice: "wait for the next one, and look whether the clock of the phone is right",
};
const locked: Refusal = { problem: "okta locked the account after too many wrong codes" };

/** By Okta's errorCode or factorResult. */
const refusals: ReadonlyMap<string, Refusal> = new Map([
  ["E0000068", { problem: "the code was wrong", advice: "try again" }],
  ["E0000082", used],
  ["PASSCODE_REPLAYED", used],
  ["E0000083", untimely],
  ["TIME_WINDOW_EXCEEDED", untimely],
  ["E0000069", locked],
  ["E0000119", locked],
]);

/** What Okta may call a challenge that only waits for its code. */
const waiting: ReadonlySet<string | undefined> = new Set([undefined, "WAITING", "CHALLENGE"]);

const mostQuestions = 3;

async function respond(state: FactorState, host: FactorHost, app: string): Promise<FactorAnswer> {
  switch (state.kind) {
    case "required":
      return askForCode(host, app);
    case "challenged":
      return waiting.has(state.result) ? askForCode(host, app) : giveUp(state.result ?? "");
    case "elsewhere":
      return giveUp("elsewhere");
    case "refused":
      return answerRefusal(state.code, state.attemptsLeft, { host, app });
  }
}

async function answerRefusal(code: string, attemptsLeft: number, { host, app }: { host: FactorHost; app: string }): Promise<FactorAnswer> {
  const refusal = refusals.get(code);
  if (refusal?.advice === undefined || attemptsLeft <= 0) return giveUp(code);
  host.tell(`${refusal.problem}: ${refusal.advice}`);
  return askForCode(host, app);
}

function giveUp(code: string): FactorAnswer {
  return { do: "give-up", reason: refusals.get(code)?.problem ?? `the code was refused with ${code}` };
}

/** Apps show a code in groups; people type the space between them. */
async function askForCode(host: FactorHost, app: string): Promise<FactorAnswer> {
  for (let asked = 0; asked < mostQuestions; asked += 1) {
    const answer = await host.ask({ purpose: "code", message: `Code from ${app}`, secret: false });
    const passCode = answer.replaceAll(/\s/g, "");
    if (passCode !== "") return { do: "send", fields: { passCode } };
  }
  return { do: "give-up", reason: "no code was given" };
}
