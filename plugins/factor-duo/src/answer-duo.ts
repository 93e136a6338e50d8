import type { FactorHost } from "@aws-okta-processor/contract";
import { attempt, type Place } from "./attempt.ts";
import { createBrowser } from "./browser.ts";
import { GiveUp } from "./give-up.ts";
import { chooseMethod, type Method } from "./methods.ts";
import { openPrompt } from "./open-prompt.ts";

/** Duo locks an account after a number of wrong passcodes that it does not tell; we stop before. */
const attempts = 3;

/**
 * Goes through Duo's prompt with the person.
 *
 * @returns the address of the org that Duo sends them back to
 * @throws GiveUp
 */
export async function answerDuo(url: URL, host: FactorHost): Promise<URL> {
  const browser = createBrowser(host);
  const opened = await openPrompt(browser, url);
  if (opened.at === "org") return opened.url;
  const place: Place = { prompt: opened.prompt, browser, host };
  const { txid, method } = await approve(place);
  return leave(place, method, txid);
}

interface Approved {
  readonly txid: string;
  readonly method: Method;
}

async function approve(place: Place): Promise<Approved> {
  const { prompt, host } = place;
  for (let left = attempts - 1; ; left -= 1) {
    const method = await chooseMethod(prompt.methods, host);
    const outcome = await attempt(place, method);
    if (outcome.kind === "allowed") return { txid: outcome.txid, method };
    const isLast = left === 0 || (prompt.methods.length === 1 && method.factor !== "Passcode");
    if (outcome.kind === "over") throw new GiveUp(outcome.why, outcome.hint);
    if (isLast) throw new GiveUp(outcome.why, "run the command again");
    host.tell(outcome.why);
  }
}

/** Duo's question whether it shall trust this browser from now on is answered with no. */
async function leave({ prompt, browser }: Place, method: Method, txid: string): Promise<URL> {
  const { sid, xsrf, url } = prompt;
  const { factor, deviceKey } = method;
  const fields = { txid, sid, factor, _xsrf: xsrf, device_key: deviceKey, dampen_choice: "false" };
  const arrival = await browser.submit(new URL("/frame/v4/oidc/exit", url), fields);
  if (arrival.at === "org") return arrival.url;
  throw new GiveUp("Duo approved, and then did not lead back to Okta", "sign in to Okta in a browser, which shows what else Duo wants");
}
