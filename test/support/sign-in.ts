import type { Factor, FactorAnswer, FactorState } from "@aws-okta-processor/contract";
import { type Sandbox, scenarios, totpCode } from "@aws-okta-processor/sandbox";
import { expect, onTestFinished } from "vitest";
import { factor as google } from "../../plugins/factor-code/src/google-authenticator.ts";
import { factor as okta } from "../../plugins/factor-code/src/okta-verify.ts";
import { factor as push } from "../../plugins/factor-push/src/push.ts";
import type { SignInHands } from "../../src/okta/hands.ts";
import { signIn } from "../../src/okta/sign-in.ts";
import { Secret } from "../../src/secret.ts";
import { conversation } from "../plugins/ask.ts";
import { orgOf, type Scene, useSandbox } from "./sandbox.ts";
import { createWorld, type TestWorld } from "./world.ts";

export const PASSWORD = "correct horse";

const plugins: Readonly<Record<string, Factor>> = {
  "push:okta": push,
  "token:software:totp:okta": okta,
  "token:software:totp:google": google,
};

export interface Act {
  readonly password?: string;
  /** The keys that the person chooses, in order; all must be chosen. */
  readonly choose?: readonly string[];
  /** What the person types. */
  readonly type?: readonly string[];
  /** The new passwords that the person would have, in order. */
  readonly passwords?: readonly string[];
  /** In place of the plugin of the chosen key. */
  readonly plugin?: Factor;
  readonly rememberDevice?: boolean;
  readonly world?: TestWorld;
}

/** Somebody at a sandbox, and what the sign-in told them. */
export function handsAt(sandbox: Sandbox, given: Act) {
  const { password = PASSWORD, choose = [], type = [], passwords = [], plugin, rememberDevice = false, world = createWorld() } = given;
  const { host, said, left } = conversation(...type);
  const keys = [...choose];
  const next = [...passwords];
  const told: string[] = [];
  onTestFinished(() => expect([keys, left, next]).toEqual([[], [], []]));
  const hands: SignInHands = {
    credentials: async () => ({ user: "jdoe", password: new Secret(password) }),
    chooseFactor: async (offered) => {
      const key = keys.shift();
      const found = offered.find((candidate) => candidate.key === key);
      const factor = plugin ?? plugins[key ?? ""];
      if (found === undefined || factor === undefined)
        throw new Error(`nobody expected to choose among ${offered.map((one) => one.key).join(", ")}`);
      return { offered: found, factor, host: { ...host, signal: world.signal }, packageName: "@acme/factor" };
    },
    newPassword: async (rules, known) => {
      told.push(`new password: ${rules ?? "no rules"}, ${known === undefined ? "the old one is asked for" : "the old one is known"}`);
      const wanted = next.shift();
      return wanted === undefined ? undefined : { old: known ?? new Secret(PASSWORD), new: new Secret(wanted) };
    },
    rememberDevice,
    sawPolicy: () => undefined,
    tell: (line) => void told.push(line),
    announce: (line) => void told.push(line),
    alone: (work) => work(),
    sleep: (ms) => world.sleep(ms, world.signal),
    now: world.now,
    afterwards: orgOf(sandbox, createWorld()),
  };
  return { hands, said, told, world };
}

/** Somebody signs in to a sandbox; what happens is returned, or thrown. */
export function actAt(sandbox: Sandbox, given: Act) {
  const { hands, ...rest } = handsAt(sandbox, given);
  return { ...rest, run: () => signIn(orgOf(sandbox, rest.world), hands) };
}

export async function act(scene: Scene, given: Act) {
  const sandbox = await useSandbox(scene);
  return { sandbox, ...actAt(sandbox, given) };
}

export const codeAt = (key: "OKTA" | "GOOGLE", at = new Date()): string => {
  const factor = scenarios.default.users[0]?.factors.find(
    ({ factorType, provider }) => factorType === "token:software:totp" && provider === key,
  );
  return totpCode(factor !== undefined && "secret" in factor ? factor.secret : "", at);
};

export const cancels = (sandbox: Sandbox) => sandbox.count("POST /api/v1/authn/cancel");

/** A plugin that gives these answers in turn and notes what it was told. */
export function scripted(...answers: readonly (FactorAnswer | Error)[]): Factor & { readonly states: readonly FactorState[] } {
  const states: FactorState[] = [];
  const left = [...answers];
  onTestFinished(() => expect(left).toEqual([]));
  return {
    states,
    describe: () => "scripted",
    respond: async (state) => {
      states.push(state);
      const answer = left.shift();
      if (answer === undefined) throw new Error("this plugin is asked too often");
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}
