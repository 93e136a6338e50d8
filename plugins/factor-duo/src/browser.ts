/**
 * Goes where a browser would go: from page to page at Duo, with the cookies of each origin, until a redirect leads back to the org.
 * Nothing is sent to a host that is not Duo's, and nothing at all to the org.
 */
import type { FactorHost, FactorRequest } from "@aws-okta-processor/contract";
import { clean } from "./clean.ts";
import { createCookieJar } from "./cookies.ts";
import { GiveUp, Unavailable } from "./give-up.ts";
import { checkHost } from "./hosts.ts";
import { type Json, parseJson, record } from "./json.ts";
import { type Form, readForms } from "./read-forms.ts";

export interface Page {
  readonly url: URL;
  readonly forms: readonly Form[];
}

/** Where a way ended: at a page, or on the threshold of the org. */
export type Arrival = { readonly at: "page"; readonly page: Page } | { readonly at: "org"; readonly url: URL };

export type Fields = Readonly<Record<string, string>>;

export interface Browser {
  readonly open: (url: URL) => Promise<Arrival>;
  readonly submit: (url: URL, fields: Fields) => Promise<Arrival>;
  /** What a script of a page would ask, with the page's `_xsrf`; a GET where there are no fields. */
  readonly ask: (url: URL, xsrf: string, fields?: Fields) => Promise<Answer>;
}

/** What Duo answers a script: `words` are its own. */
export type Answer = { readonly ok: true; readonly response: Json } | { readonly ok: false; readonly words: string };

export function createBrowser(host: FactorHost): Browser {
  const send = createSend(host);
  return {
    open: async (url) => follow(host, send, { url, request: { method: "GET", headers: { accept: pageTypes } } }),
    submit: async (url, fields) => follow(host, send, { url, request: post(fields, { accept: pageTypes }) }),
    ask: async (url, xsrf, fields) => {
      const headers = { accept: "application/json", "x-xsrftoken": xsrf };
      const response = await send(url, fields === undefined ? { method: "GET", headers } : post(fields, headers));
      return readAnswer(url, response, await response.text());
    },
  };
}

type Send = (url: URL, request: FactorRequest) => Promise<Response>;

interface Step {
  readonly url: URL;
  readonly request: FactorRequest;
}

const mostRedirects = 10;
const pageTypes = "text/html,application/xhtml+xml";
const inABrowser = "sign in to Okta in a browser, which shows what Duo has to say";

/** One request, with the cookies there and back. */
function createSend(host: FactorHost): Send {
  const jar = createCookieJar();
  return async (url, request) => {
    checkHost(url, host.origin);
    const cookie = jar.headerFor(url);
    const headers = cookie === undefined ? request.headers : { ...request.headers, cookie };
    const response = await host.fetch(url, { ...request, ...(headers === undefined ? {} : { headers }) });
    jar.take(url, response.headers.getSetCookie(), sentAt(response));
    return response;
  };
}

/** A server without a clock still deletes cookies by the first day that there is. */
function sentAt({ headers }: Response): Date {
  const date = Date.parse(headers.get("date") ?? "");
  return new Date(Number.isNaN(date) ? 86_400_000 : date);
}

function post(fields: Fields, headers: Readonly<Record<string, string>>): FactorRequest {
  return {
    method: "POST",
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded;charset=UTF-8" },
    body: new URLSearchParams(fields).toString(),
  };
}

async function follow({ origin }: FactorHost, send: Send, first: Step): Promise<Arrival> {
  let step = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await send(step.url, step.request);
    const location = isRedirect(response) ? response.headers.get("location") : null;
    if (location === null) return { at: "page", page: await readPage(step.url, response) };
    await response.body?.cancel();
    step = redirect(step, response.status, location);
    if (step.url.origin === origin) return { at: "org", url: step.url };
  }
  throw new GiveUp("Duo sends the sign-in round in circles", inABrowser);
}

function isRedirect({ status }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** A form is posted again where 307 and 308 ask for it, but to no other host. */
function redirect({ url, request }: Step, status: number, location: string): Step {
  if (!URL.canParse(location, url.href)) throw new GiveUp("Duo sends the sign-in to an address that cannot be read", inABrowser);
  const next = new URL(location, url.href);
  if (status < 307 || request.method === "GET") return { url: next, request: { method: "GET", headers: { accept: pageTypes } } };
  if (next.origin === url.origin) return { url: next, request };
  throw new GiveUp(`Duo asks to send a form on to ${next.host}; nothing was sent there`, inABrowser);
}

async function readPage(url: URL, response: Response): Promise<Page> {
  const body = await response.text();
  if (response.ok) return { url, forms: readForms(body) };
  throw failed(url, response);
}

function readAnswer(url: URL, response: Response, body: string): Answer {
  const answer = record(parseJson(body));
  if (answer["stat"] === "OK") return { ok: true, response: record(answer["response"]) };
  if (answer["stat"] !== "FAIL") throw failed(url, response);
  return { ok: false, words: wordsOf(answer) };
}

/** Some of Duo's refusals have a number alone. */
function wordsOf({ message, message_enum: code }: Json): string {
  if (typeof message === "string" && message !== "") return clean(message);
  return typeof code === "number" ? `message ${code}` : "no reason";
}

function failed(url: URL, { status, ok }: Response): GiveUp {
  const reason = `Duo answered at ${url.host} with ${ok ? "an answer that cannot be read" : `status ${status}`}`;
  return status === 429 || status >= 500 ? new Unavailable(reason, "try again later") : new GiveUp(reason, inABrowser);
}
