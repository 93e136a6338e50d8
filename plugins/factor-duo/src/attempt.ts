import { setTimeout as sleep } from "node:timers/promises";
import type { FactorHost } from "@aws-okta-processor/contract";
import type { Answer, Browser } from "./browser.ts";
import { clean } from "./clean.ts";
import { GiveUp, Unavailable } from "./give-up.ts";
import { type Json, record, text } from "./json.ts";
import type { Method } from "./methods.ts";
import type { Prompt } from "./prompt.ts";

/** How one method ended: `again` where another try of the same, or of any, may help. */
export type Outcome =
  | { readonly kind: "allowed"; readonly txid: string }
  | { readonly kind: "again"; readonly why: string; readonly next: "the same" | "any" }
  | { readonly kind: "over"; readonly why: string; readonly hint?: string };

/** Where an attempt takes place. */
export interface Place {
  readonly prompt: Prompt;
  readonly browser: Browser;
  readonly host: FactorHost;
}

/** Starts a method and waits for what comes of it. */
export async function attempt(place: Place, method: Method): Promise<Outcome> {
  const { prompt, browser, host } = place;
  const passcode = method.factor === "Passcode" ? await askPasscode(host) : undefined;
  if (passcode === "") return again("no passcode was given");
  const { factor, device } = method;
  const fields = { ...prompt.fields, factor, device, postAuthDestination: "OIDC_EXIT", ...(passcode === undefined ? {} : { passcode }) };
  const started = await browser.ask(prompt.url, prompt.xsrf, fields);
  if (!started.ok) return again(`Duo refused: ${started.words}`);
  const txid = text(started.response["txid"]);
  if (txid === undefined) throw new GiveUp("Duo started nothing", "sign in to Okta in a browser");
  tellCode(started.response, host);
  return wait(place, method, txid);
}

const pollEveryMs = 1000;
/** Duo's own limit is a minute; this one is for a Duo that never ends. */
const mostPolls = 180;
/** Duo holds a poll back until there is news, so that one may run into a deadline. */
const mostFailedPolls = 3;

/** Enter alone is no passcode, and leads to the choice. */
async function askPasscode(host: FactorHost): Promise<string> {
  const answer = await host.ask({ purpose: "code", message: "Duo passcode", secret: false });
  return answer.replaceAll(/\s/gu, "");
}

async function wait(place: Place, method: Method, txid: string): Promise<Outcome> {
  const { host } = place;
  host.progress(waitingFor(method, {}));
  for (let polls = 0; polls < mostPolls; polls += 1) {
    if (polls > 0) await sleep(pollEveryMs, undefined, { signal: host.signal });
    const answer = await poll(place, txid);
    if (!answer.ok) return { kind: "over", why: `Duo refused: ${answer.words}` };
    const outcome = judge(answer.response, method, txid);
    if (outcome !== undefined) return outcome;
    tellCode(answer.response, host);
    host.progress(waitingFor(method, answer.response));
  }
  return again("Duo did not say in time what became of it");
}

/** Asking again does no harm, so that a lost answer does none either. */
async function poll(place: Place, txid: string, failures = 1): Promise<Answer> {
  const { prompt, browser, host } = place;
  try {
    return await browser.ask(new URL("/frame/v4/status", prompt.url), prompt.xsrf, { txid, sid: prompt.sid });
  } catch (error) {
    const isFinal = error instanceof GiveUp && !(error instanceof Unavailable);
    if (host.signal.aborted || isFinal || failures === mostFailedPolls) throw error;
  }
  await sleep(pollEveryMs, undefined, { signal: host.signal });
  return poll(place, txid, failures + 1);
}

/** @returns undefined while Duo waits; a status that nobody knows is no end */
function judge({ result, status_code: code, reason }: Json, { factor }: Method, txid: string): Outcome | undefined {
  if (result === "SUCCESS" || (code === "allow" && result !== "FAILURE")) return { kind: "allowed", txid };
  if (code === "locked_out") return { kind: "over", why: "Duo has locked the account", hint: "ask an administrator of Duo" };
  if (code === "fraud") return { kind: "over", why: "the sign-in was reported to Duo as a fraud" };
  if (code === "timeout") return again(`nobody answered the ${nameOf(factor)} in time`);
  if (code !== "deny" && result !== "FAILURE") return undefined;
  if (factor === "Passcode") return again("the passcode was wrong", "the same");
  return {
    kind: "over",
    why: `the ${nameOf(factor)} was denied${typeof reason === "string" && reason !== "" ? `: ${clean(reason)}` : ""}`,
  };
}

function again(why: string, next: "the same" | "any" = "any"): Outcome {
  return { kind: "again", why, next };
}

function nameOf(factor: Method["factor"]): string {
  return factor === "Phone Call" ? "Duo call" : "Duo push";
}

/**
 * A verified push wants the code of this side typed on the phone.
 *
 * @see https://duo.com/docs/policy#verified-duo-push
 */
function tellCode(response: Json, host: FactorHost): void {
  const code = response["step_up_code"] ?? record(response["risk_based_factor_selection_data"])["step_up_code"];
  if ((typeof code === "string" || typeof code === "number") && /^\w{1,12}$/.test(String(code))) {
    host.tell(`Enter ${code} in Duo Mobile on your phone`);
  }
}

/** With Duo's own words, where it has some. */
function waitingFor({ factor, label }: Method, { status }: Json): string {
  const words = clean(text(status) ?? "");
  return `${waiting[factor](label)}${words === "" ? "" : ` (${words})`}`;
}

const waiting: Readonly<Record<Method["factor"], (label: string) => string>> = {
  "Duo Push": (label) => `waiting for you to approve the Duo push to ${label}`,
  "Phone Call": (label) => `waiting for you to answer Duo's call to ${label}`,
  Passcode: () => "waiting for Duo to check the passcode",
};
