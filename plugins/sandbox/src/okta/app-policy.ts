import { randomBytes } from "node:crypto";
import { type Reply, redirect } from "../http/message.ts";
import type { StepUpForm } from "../scenario.ts";
import type { App, Session } from "./memory.ts";
import { signInPage } from "./page.ts";
import { askPassword } from "./password-page.ts";
import type { Visit } from "./route.ts";
import { beginStepUp } from "./stations.ts";

/** Where a customer signs their people in, at a host that is none of ours. */
const CUSTOM_SIGN_IN = "https://sign-in.customer.example/okta";

/** What an app asks for beyond the session, or nothing where the session is enough. */
export function demandMore(visit: Visit, session: Session, app: App): Reply | undefined {
  const { policy } = app.application;
  if (policy === undefined || session.satisfied.has(app.id)) return undefined;
  switch (policy) {
    case "step-up":
      return askStepUp(visit, session, app);
    case "custom-sign-in":
      return redirect(`${CUSTOM_SIGN_IN}?${new URLSearchParams({ stateToken: begin(visit, session, app) }).toString()}`);
    case "password":
      return askPassword(visit, session, { app, returnTo: visit.request.path });
    case "identity-engine":
      return signInPage("Sign In", `var oktaData = {"signIn":{"stateToken":"${escapeScript(engineToken())}"}};`);
  }
}

function askStepUp(visit: Visit, session: Session, app: App): Reply {
  const stateToken = begin(visit, session, app);
  const form = app.application.stepUp?.token ?? "script";
  const query = new URLSearchParams({ stateToken }).toString();
  return form === "redirect"
    ? redirect(`${visit.request.origin}/login/step-up/verify?${query}`)
    : signInPage("Extra Verification", writeToken(stateToken, form));
}

function begin({ org, request }: Visit, session: Session, app: App): string {
  return beginStepUp(org, { session, app, returnTo: request.path }).stateToken;
}

/** The spellings that are met: what is no letter or digit is escaped. */
function writeToken(stateToken: string, form: Exclude<NonNullable<StepUpForm["token"]>, "redirect">): string {
  switch (form) {
    case "script":
      return `var stateToken = '${escapeScript(stateToken)}';`;
    case "script-unicode":
      return `var stateToken = "${escapeUnicode(stateToken)}";`;
    case "json":
      return `var oktaData = {"locale":"en","signIn":{"stateToken":"${escapeScript(stateToken)}","features":{}}};`;
  }
}

function escapeScript(text: string): string {
  return text.replace(/\W/gu, (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

function escapeUnicode(text: string): string {
  return text.replace(/\W/gu, (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
}

/** Encrypted, as only Identity Engine's own API reads it, and thousands of letters long. */
function engineToken(): string {
  return [24, 0, 16, 2400, 16].map((size) => randomBytes(size).toString("base64url")).join(".");
}
