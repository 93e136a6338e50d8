import type { CheerioAPI } from "cheerio/slim";
import { RefusedError, RemoteError } from "../errors.ts";
import type { Reply } from "../http/send.ts";
import { Secret } from "../secret.ts";
import { follow } from "./follow.ts";
import { type Org, refusal, unreadable } from "./org.ts";
import { findStateToken } from "./state-token.ts";

/** What an application's page turned out to be. */
export type AppPage =
  | { readonly kind: "assertion"; readonly saml: Secret }
  /** Okta wants a sign-in: the session is gone. */
  | { readonly kind: "sign-in" }
  | Demand;

/** The session is good but does not prove enough for this application. */
export type Demand = StepUpDemand | PasswordDemand;

export interface StepUpDemand {
  readonly kind: "step-up";
  /** Of the transaction that goes on from here. */
  readonly stateToken: Secret;
}

export interface PasswordDemand {
  readonly kind: "password";
  /** Where the form goes, and what it holds beside the password. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Takes its time the first time. */
export const loadPageReader = () => import("cheerio/slim");

/**
 * Opens an application, with the cookies of the org's door, and reads the SAML response that it would post to AWS.
 *
 * @throws RefusedError `APPLICATION_REFUSED`; RemoteError `OFF_ORG`, `UNREADABLE`, `REDIRECT_LOOP`
 */
export async function openApplication(org: Org, url: string): Promise<AppPage> {
  const arrival = await follow(org, url, readDetour);
  return "stopped" in arrival ? arrival.stopped : readPage(org, arrival.reply);
}

/** An org may send the signed-in to a page for more proof, on a host of its own even: the token is taken and the page is not opened. */
function readDetour(target: URL): AppPage | undefined {
  const stateToken = target.searchParams.get("stateToken");
  if (stateToken !== null && stateToken !== "") return { kind: "step-up", stateToken: new Secret(stateToken) };
  return target.pathname.startsWith("/login/") ? { kind: "sign-in" } : undefined;
}

async function readPage(org: Org, reply: Reply): Promise<AppPage> {
  if (reply.status === 401) return { kind: "sign-in" };
  checkServed(org, reply);
  const { load } = await loadPageReader();
  const $ = load(reply.text);
  const saml = $("input[name='SAMLResponse']").attr("value");
  if (saml !== undefined && saml.trim() !== "") return { kind: "assertion", saml: new Secret(saml.replace(/\s+/g, "")) };
  return readDemand($) ?? readSignIn($, reply.text) ?? refuse(org, $, reply.status);
}

/** Whether anybody has looked at a request for a page. @throws RemoteError `RATE_LIMITED`, `SERVER_FAILED` */
export function checkServed(org: Org, { status }: Reply): void {
  if (status === 429) throw refusal(org, "the application", { status, code: "", summary: "", causes: [] });
  if (status >= 500) throw new RemoteError(`${org.name} failed with status ${status}`, { code: "SERVER_FAILED", hint: "try again later" });
}

/** @see https://help.okta.com/en-us/content/topics/security/policies/configure-app-signon-policies.htm */
function readDemand($: CheerioAPI): PasswordDemand | undefined {
  const form = $("#password-verification-challenge form, form[action*='/user/verify_password']").first();
  if ($("#password-verification-challenge").length === 0 && form.length === 0) return undefined;
  const inputs = $("#password-verification-challenge input[name], form[action*='/user/verify_password'] input[name]").toArray();
  const fields = inputs.map((input) => [$(input).attr("name") ?? "", $(input).attr("value") ?? ""] as const);
  return {
    kind: "password",
    url: form.attr("action") ?? "/user/verify_password",
    fields: Object.fromEntries(fields.filter(([name]) => name !== "password")),
  };
}

function readSignIn($: CheerioAPI, page: string): AppPage | undefined {
  const stateToken = findStateToken(page);
  if (stateToken !== undefined) return { kind: "step-up", stateToken };
  return $("#okta-sign-in, #signin-container").length > 0 ? { kind: "sign-in" } : undefined;
}

function refuse(org: Org, $: CheerioAPI, status: number): never {
  const headline = $(".error-content h1").first().text().trim();
  if (headline === "" && status !== 403 && status !== 404) throw unreadable(org, "an application page without a SAML response");
  throw new RefusedError(`${org.name} does not open this application${headline === "" ? "" : `: ${headline}`}`, {
    code: "APPLICATION_REFUSED",
    hint: "check --application, and that the application is assigned to you",
  });
}
