import { readDevice } from "../../cache/device.ts";
import { createCookieJar, withCookies } from "../../http/cookies.ts";
import type { SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import { createSession, findSession, type OktaSession } from "../../okta/session.ts";
import { signIn } from "../../okta/sign-in.ts";
import type { Options } from "../../options/options.ts";
import type { Parts } from "../parts.ts";
import { readPassword } from "../read-password.ts";
import { askNewPassword } from "./ask-new-password.ts";
import { createChooseFactor } from "./choose-factor.ts";
import { keepDevice } from "./keep-device.ts";

/** Who signs in where, and the file that keeps what is known of this device. */
export interface SigningIn {
  readonly org: Org;
  readonly user: string;
  readonly file: string | undefined;
}

/** What a sign-in, or a step-up later, asks of the person and of the world. */
export function createHands(parts: Parts, options: Options, who: SigningIn): SignInHands {
  const { terminal, world } = parts;
  const { org, user } = who;
  return {
    credentials: async (refused) => ({
      user,
      password: await readPassword(parts, refused ? withoutPassword(options) : options, { user, org: org.name }),
    }),
    chooseFactor: createChooseFactor(parts, options, who),
    newPassword: (rules, known) => askNewPassword(terminal, { org, rules, known }),
    rememberDevice: options.rememberDevice,
    sawPolicy: () => undefined,
    tell: (line) => terminal.tell(line),
    announce: (line) => terminal.announce(line),
    alone: inTurn(),
    sleep: (ms) => world.sleep(ms, world.signal),
    now: world.now,
    afterwards: { ...org, send: parts.sendAfterwards },
  };
}

/** A new session; Okta is shown, and may tell, by which cookie it knows this device. */
export async function signInAnew(parts: Parts, hands: SignInHands, { org, user, file }: SigningIn): Promise<OktaSession> {
  const jar = createCookieJar({ DT: readDevice(file).deviceToken });
  const door: Org = { ...org, send: withCookies(parts.send, jar, parts.world.now) };
  const policy = { mayRemember: false };
  const sawPolicy = (allowed: boolean) => {
    policy.mayRemember = allowed;
  };
  const { sessionToken } = await signIn(door, { ...hands, sawPolicy });
  parts.terminal.progress(undefined);
  const session = sessionToken === undefined ? await findSession(org, jar.get("sid"), user) : await createSession(door, sessionToken, user);
  if (hands.rememberDevice && policy.mayRemember) await keepDevice(parts, file, { deviceToken: jar.get("DT") });
  return session;
}

/** So that the person is asked. */
const withoutPassword = (options: Options): Options => ({ ...options, pass: undefined, passStdin: false, passwordCommand: undefined });

/** Each work begins when the one before it has ended, well or badly. */
function inTurn(): SignInHands["alone"] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
