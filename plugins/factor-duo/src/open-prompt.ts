import type { Arrival, Browser, Fields, Page } from "./browser.ts";
import { GiveUp } from "./give-up.ts";
import { readLoginForm } from "./login-form.ts";
import { type Prompt, unknownPage } from "./prompt.ts";
import { readPromptData } from "./prompt-data.ts";
import type { Form } from "./read-forms.ts";

/** The prompt, or where Duo led without one: a policy or a remembered browser may let the person through. */
export type Opened = { readonly at: "prompt"; readonly prompt: Prompt } | Extract<Arrival, { at: "org" }>;

/** Passes the pages that Duo shows before its prompt. */
export async function openPrompt(browser: Browser, url: URL): Promise<Opened> {
  let arrival = await browser.open(url);
  let xsrf = "";
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (arrival.at === "org") return arrival;
    const { page } = arrival;
    const prompt = readLoginForm(page, xsrf) ?? (await readPromptData(page, xsrf, browser));
    if (prompt !== undefined) return { at: "prompt", prompt };
    xsrf = pluginForm(page)?.fields.find(({ name }) => name === "_xsrf")?.value ?? xsrf;
    arrival = await pass(page, xsrf, browser);
  }
  throw new GiveUp("Duo shows its first pages again and again", "sign in to Okta in a browser, which shows what Duo wants");
}

/** Duo shows the plugin form twice, where it looks at the computer in between. */
const mostPages = 6;

async function pass(page: Page, xsrf: string, browser: Browser): Promise<Arrival> {
  const form = pluginForm(page);
  if (form !== undefined) return browser.submit(actionOf(form, page), fieldsOf(form));
  if (page.url.pathname === "/frame/v4/preauth/healthcheck") return passHealthCheck(page, xsrf, browser);
  if (page.forms.some(({ id }) => ["endpoint-health-form", "client_cert_form"].includes(id))) throw needsTrustedDevice();
  if (page.url.pathname.startsWith("/prompt/")) throw newerPrompt();
  throw unknownPage();
}

/** Says what describes a browser as the page left it, and nothing that this program is not. */
function pluginForm({ forms }: Page): Form | undefined {
  return forms.find(({ id }) => id === "plugin_form");
}

/** Its script only asks for the outcome; Duo goes on where its policy asks for no healthy device. */
async function passHealthCheck({ url }: Page, xsrf: string, browser: Browser): Promise<Arrival> {
  await browser.ask(new URL(`/frame/v4/preauth/healthcheck/data${sidOf(url)}`, url), xsrf);
  return browser.open(new URL(`/frame/v4/return${sidOf(url)}`, url));
}

function sidOf({ searchParams }: URL): string {
  const sid = searchParams.get("sid");
  return sid === null ? "" : `?${new URLSearchParams({ sid }).toString()}`;
}

function actionOf({ action }: Form, { url }: Page): URL {
  if (!URL.canParse(action, url.href)) throw unknownPage();
  return new URL(action, url.href);
}

function fieldsOf({ fields }: Form): Fields {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

function needsTrustedDevice(): GiveUp {
  return new GiveUp(
    "Duo wants to check this computer, which only a browser can let it do",
    "sign in to Okta in a browser, or choose another factor",
  );
}

function newerPrompt(): GiveUp {
  return new GiveUp("Duo shows a newer prompt than this program knows", "choose another factor, or sign in to Okta in a browser");
}
