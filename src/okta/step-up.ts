import { AppError, RefusedError } from "../errors.ts";
import { type AppPage, checkServed, type Demand, openApplication, type PasswordDemand, type StepUpDemand } from "./app-page.ts";
import { resumeTransaction } from "./authn.ts";
import type { SignInHands } from "./hands.ts";
import { type Org, onOrg } from "./org.ts";
import { finishSignIn } from "./sign-in.ts";

/** How often an application may ask for more; a wrong password counts too. */
const MAX_DEMANDS = 3;

/**
 * Opens an application, and proves what it asks for beyond the session with the same factors as a sign-in.
 *
 * @param org with the session's cookies at its door
 * @param proving `isGone`: whether there is no session any more, of which more could be proved
 * @throws RefusedError `STEP_UP`, `PASSWORD_REFUSED`, and what a sign-in throws
 */
export async function openWithProof(org: Org, url: string, { hands, isGone }: Proving): Promise<Exclude<AppPage, Demand>> {
  const page = await openApplication(org, url);
  if (page.kind === "assertion" || page.kind === "sign-in") return page;
  if (await isGone()) return { kind: "sign-in" };
  return hands.alone(() => prove(org, { url, demand: page }, hands));
}

export interface Proving {
  readonly hands: SignInHands;
  readonly isGone: () => Promise<boolean>;
}

async function prove(org: Org, { url, demand }: Asked<Demand>, hands: SignInHands): Promise<Exclude<AppPage, Demand>> {
  let page: AppPage = demand;
  let passwords = 0;
  for (let demands = 0; page.kind === "step-up" || page.kind === "password"; demands++) {
    if (demands === MAX_DEMANDS) throw page.kind === "password" ? wrongPassword(org) : notSatisfied(org);
    if (page.kind === "step-up") page = await stepUp(org, { url, demand: page }, hands);
    else page = await verifyPassword(org, { url, demand: page, refused: passwords++ > 0 }, hands);
  }
  return page;
}

interface Asked<T> {
  readonly url: string;
  readonly demand: T;
}

/** @see https://developer.okta.com/docs/reference/api/authn/#step-up-authentication-with-okta-session */
async function stepUp(org: Org, { url, demand }: Asked<StepUpDemand>, hands: SignInHands): Promise<AppPage> {
  const transaction = await resumeTransaction(org, demand.stateToken);
  if (transaction === undefined) throw notSatisfied(org);
  hands.tell(`${org.name} wants more proof for this application.`);
  const { onwardUrl } = await finishSignIn(org, transaction, { hands, credentials: undefined });
  return openApplication(org, onwardUrl ?? url);
}

interface AskedAgain extends Asked<PasswordDemand> {
  /** Whether the password that was given before was wrong: it is not given again. */
  readonly refused: boolean;
}

/** A form of the org's own, with the password beside what it holds already. */
async function verifyPassword(org: Org, { url, demand, refused }: AskedAgain, hands: SignInHands): Promise<AppPage> {
  const target = onOrg(org, demand.url);
  if (refused) hands.announce(`${org.name} did not take this password.`);
  else hands.tell(`${org.name} wants the password again for this application.`);
  const { password } = await hands.credentials(refused).catch((error: unknown) => {
    throw refused && error instanceof AppError && error.code === "NO_TERMINAL" ? wrongPassword(org) : error;
  });
  const reply = await org.send({
    method: "POST",
    url: target,
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded; charset=UTF-8" },
    body: new URLSearchParams({ ...demand.fields, password: password.reveal() }).toString(),
    repeatable: false,
  });
  // Else the page would ask again, and the password would seem to be wrong.
  checkServed(org, reply);
  return openApplication(org, url);
}

function wrongPassword(org: Org): RefusedError {
  return new RefusedError(`${org.name} did not take the password for this application`, {
    code: "PASSWORD_REFUSED",
    hint: "more attempts would lock the account",
  });
}

/** Identity Engine judges an application by its own policy, which only a browser or the device flow can satisfy. */
function notSatisfied(org: Org): RefusedError {
  return new RefusedError(`${org.name} wants more proof for this application than a command line can give`, {
    code: "STEP_UP",
    hint:
      "sign in with a factor that its policy accepts (--factor), or ask an administrator to let the policy of the AWS application be satisfied " +
      "by the sign-in itself, without a further one, a managed device or FastPass",
  });
}
