import type { AppPolicy, Scenario, StepUpForm } from "../scenario.ts";
import { awsApp, identityCenterApp, wikiApp } from "./parts.ts";
import { standard } from "./standard.ts";

/** Scenarios of apps that ask for more than the session; the sign-in itself takes the password alone. */
export const stepUpScenarios = {
  "step-up": stepUp("An app that asks for a factor."),
  "step-up-unicode": stepUp("An app that asks for a factor; its page escapes the token in another way.", { token: "script-unicode" }),
  "step-up-json": stepUp("An app that asks for a factor; its page holds the token in JSON.", { token: "json" }),
  "step-up-redirect": stepUp("An app that asks for a factor by a redirect.", { token: "redirect" }),
  "step-up-original": stepUp("A step-up that ends with a link of another name.", { onward: "original" }),
  "step-up-session-token": stepUp("A step-up that ends with a session token too.", { onward: "session-token" }),
  "step-up-unauthenticated": stepUp("A step-up that begins with the password.", { unauthenticated: true }),
  "step-up-after-factor": {
    ...stepUp("A factor at the sign-in, and again at the app."),
    factorAt: "sign-in",
  },
  "step-up-push-limit": {
    ...stepUp("A factor at the sign-in, and again at the app, where a push so soon after the other is refused for a while."),
    ...{ factorAt: "sign-in", pushGapMs: 10_000 },
  },
  "step-up-password": policy("password", "An app that asks for the password again."),
  "step-up-identity-engine": policy("identity-engine", "An app that asks for what only Identity Engine can check."),
  "step-up-custom-sign-in": policy("custom-sign-in", "An app that asks for a factor at a sign-in page on another host."),
} satisfies Readonly<Record<string, Scenario>>;

function stepUp(title: string, form?: StepUpForm): Scenario {
  const app = { ...awsApp, policy: "step-up" as const, ...(form === undefined ? {} : { stepUp: form }) };
  return { ...standard, title, factorAt: "app", applications: [wikiApp, app, identityCenterApp] };
}

function policy(asked: AppPolicy, title: string): Scenario {
  return { ...standard, title, factorAt: "app", applications: [wikiApp, { ...awsApp, policy: asked }, identityCenterApp] };
}
