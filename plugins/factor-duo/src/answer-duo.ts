import type { FactorAnswer, FactorHost } from "@aws-okta-processor/contract";
import { attempt, type Place } from "./attempt.ts";
import { createBrowser } from "./browser.ts";
import { GiveUp } from "./give-up.ts";
import { chooseAgain, chooseMethod, type Method } from "./methods.ts";
import { openPrompt } from "./open-prompt.ts";

/** Duo locks an account after a number of wrong passcodes that it does not tell; we stop before. */
const attempts = 3;

/**
 * Goes through Duo's prompt with the person.
 *
 * @returns where Duo sends them back to, or that they want another factor
 * @throws GiveUp
 */
export async function answerDuo(url: URL, host: FactorHost): Promise<FactorAnswer> {
  const browser = createBrowser(host);
  const opened = await openPrompt(browser, url);
  if (opened.at === "org") return { do: "return", url: opened.url };
  const place: Place = { prompt: opened.prompt, browser, host };
  const approved = await approve(place);
  return approved === undefined ? { do: "back" } : { do: "return", url: await leave(place, approved) };
}

interface Approved {
  readonly txid: string;
  readonly method: Method;
}

async function approve(place: Place): Promise<Approved | undefined> {
  const { prompt, host } = place;
  let method: Method | undefined = await chooseMethod(prompt.methods, host);
  for (let left = attempts - 1; method !== undefined; left -= 1) {
    const outcome = await attempt(place, method);
    if (outcome.kind === "allowed") return { txid: outcome.txid, method };
    if (outcome.kind === "over") throw new GiveUp(outcome.why, outcome.hint);
    if (left === 0) throw new GiveUp(outcome.why, "run the command again");
    if (outcome.next === "the same") host.tell(outcome.why);
    else method = await chooseAgain(prompt.methods, host, outcome.why);
  }
  return undefined;
}

/** Duo's question whether it shall trust this browser from now on is answered with no. */
async function leave({ prompt, browser }: Place, { method, txid }: Approved): Promise<URL> {
  const { sid, xsrf, url } = prompt;
  const { factor, deviceKey } = method;
  const fields = { txid, sid, factor, _xsrf: xsrf, device_key: deviceKey, dampen_choice: "false" };
  const arrival = await browser.submit(new URL("/frame/v4/oidc/exit", url), fields);
  if (arrival.at === "org") return arrival.url;
  throw new GiveUp("Duo approved, and then did not lead back to Okta", "sign in to Okta in a browser, which shows what else Duo wants");
}
