import { readDevice } from "../../cache/device.ts";
import { AppError } from "../../errors.ts";
import { createCookieJar, withCookies } from "../../http/cookies.ts";
import type { SignInHands } from "../../okta/hands.ts";
import type { Org } from "../../okta/org.ts";
import { createSession, findSession, type OktaSession } from "../../okta/session.ts";
import { signIn } from "../../okta/sign-in.ts";
import type { Options } from "../../options/options.ts";
import type { Parts } from "../parts.ts";
import { isPasswordGiven, readPassword } from "../read-password.ts";
import type { StoredPassword } from "../stored-password.ts";
import { askNewPassword } from "./ask-new-password.ts";
import { createChooseFactor } from "./choose-factor.ts";
import { keepDevice } from "./keep-device.ts";

/** Who signs in where, and the file that keeps what is known of this device. */
export interface SigningIn {
  readonly org: Org;
  readonly user: string;
  readonly file: string | undefined;
  readonly stored: StoredPassword;
}

/** What a sign-in, or a step-up later, asks of the person and of the world. */
export function createHands(parts: Parts, options: Options, who: SigningIn): SignInHands {
  const { terminal, world } = parts;
  const { org, user, stored } = who;
  return {
    credentials: async (refused) => {
      if (refused) await stored.purge(REFUSED);
      const given = refused ? withoutPassword(options) : options;
      const password = isPasswordGiven(given) || refused ? undefined : await stored.read();
      return { user, password: password ?? (await readPassword(parts, given, { user, org: org.name })) };
    },
    chooseFactor: createChooseFactor(parts, options, who),
    newPassword: async (rules, known) => {
      const chosen = await askNewPassword(terminal, { org, rules, known });
      if (chosen !== undefined) await stored.purge("is not the newest any more");
      return chosen;
    },
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
export async function signInAnew(parts: Parts, hands: SignInHands, { org, user, file, stored }: SigningIn): Promise<OktaSession> {
  const jar = createCookieJar({ DT: readDevice(file, parts.keeping.open).deviceToken });
  const door: Org = { ...org, send: withCookies(parts.send, jar, parts.world.now) };
  const policy = { mayRemember: false };
  const sawPolicy = (allowed: boolean) => {
    policy.mayRemember = allowed;
  };
  const attempt = () => signIn(door, { ...hands, sawPolicy });
  const { sessionToken } = await attempt().catch(async (error: unknown) => {
    const isStale = error instanceof AppError && error.code === "SIGN_IN_REFUSED" && (await stored.purge(REFUSED));
    if (isStale && parts.terminal.attended) return attempt();
    throw error;
  });
  parts.terminal.progress(undefined);
  const session = sessionToken === undefined ? await findSession(org, jar.get("sid"), user) : await createSession(door, sessionToken, user);
  if (hands.rememberDevice && policy.mayRemember) await keepDevice(parts, file, { deviceToken: jar.get("DT") });
  return session;
}

const REFUSED = "was refused";

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
