import type { EnrolledFactor, Factor, FactorAnswer, FactorHost, FactorState } from "@aws-okta-processor/contract";
import { clean } from "./clean.ts";
import { listDevices } from "./devices.ts";
import type { Assertion } from "./fido2-assert.ts";
import { persist } from "./persist.ts";
import { type Challenge, readChallenge } from "./read-challenge.ts";
import { signChallenge } from "./sign.ts";

/** A security key at a USB port: libfido2's programs speak to it, and ask for its PIN themselves. */
export const factor: Factor = {
  describe: (enrolled) => ["Security key", nameOf(enrolled)].filter((part) => part !== undefined).join(" "),
  respond: async (state, host) => next(state, host),
};

type Challenged = FactorState & { readonly kind: "challenged" };

/** What Okta calls a challenge that waits for its signature. */
const waiting: ReadonlySet<string | undefined> = new Set([undefined, "CHALLENGE", "WAITING"]);

/** Refusals after which another challenge may be signed: the signature was wrong, or its challenge was used up. */
const signAgain: ReadonlySet<string> = new Set(["E0000068", "E0000079"]);

async function next(state: FactorState, host: FactorHost): Promise<FactorAnswer> {
  switch (state.kind) {
    case "required":
      return prepare(host);
    case "challenged":
      return waiting.has(state.result) ? answerChallenge(state, host) : giveUp(state.result ?? "");
    case "refused":
      return state.attemptsLeft > 0 && signAgain.has(state.code) ? beginAgain(host) : giveUp(state.code);
    case "elsewhere":
      return giveUp("elsewhere");
  }
}

/** A challenge does not wait long: the programs and a key are there before it is asked for. */
async function prepare(host: FactorHost): Promise<FactorAnswer> {
  const listed = await persist(host, () => listDevices(host));
  return "answer" in listed ? listed.answer : { do: "begin" };
}

async function answerChallenge({ challenge, factors }: Challenged, host: FactorHost): Promise<FactorAnswer> {
  const read = readChallenge(challenge, factors, host.origin);
  if ("problem" in read) return { do: "give-up", reason: read.problem };
  const signed = await persist(host, () => signChallenge(read, host));
  return "answer" in signed ? signed.answer : send(read, signed.value);
}

function send({ clientData }: Challenge, { authenticatorData, signature }: Assertion): FactorAnswer {
  const fields = { clientData, authenticatorData, signatureData: signature };
  return { do: "send", fields: Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, bytes.toString("base64")])) };
}

function beginAgain(host: FactorHost): FactorAnswer {
  host.tell("the security key's answer was not accepted: try again");
  return { do: "begin" };
}

function giveUp(code: string): FactorAnswer {
  const reason = signAgain.has(code) ? "the security key's answer was not accepted" : `the security key was refused with ${clean(code)}`;
  return { do: "give-up", reason };
}

function nameOf({ profile }: EnrolledFactor): string | undefined {
  const { authenticatorName } = profile;
  if (typeof authenticatorName !== "string") return undefined;
  const name = clean(authenticatorName);
  return name === "" ? undefined : `(${name})`;
}
