import { html, type Reply, type Request, redirect, withHeaders } from "../http/message.ts";
import type { Org } from "../okta/memory.ts";
import type { DuoOddity } from "./account.ts";
import { authorize } from "./authorize.ts";
import { type DuoVisit, forgetLoading, hasToken, readVisit, refusal } from "./guard.ts";
import { authPath, callbackUrl } from "./links.ts";
import { newestPage, PLUGIN_FIELDS, page, pluginPage, promptPage, scriptPage, trustedDevicePage } from "./pages.ts";
import { fail, start, tellData, tellStatus } from "./prompt.ts";

type Handler = (visit: DuoVisit) => Reply;

/** What is open in which step of a sign-in. */
const ROUTES: Readonly<Record<string, { readonly in: readonly DuoVisit["signIn"]["step"][]; readonly handle: Handler }>> = {
  "GET /frame/frameless/v4/auth": { in: ["begun", "checked"], handle: showPlugin },
  "POST /frame/frameless/v4/auth": { in: ["begun", "checked"], handle: takePlugin },
  "GET /frame/v4/preauth/healthcheck": { in: ["health"], handle: ({ signIn }) => html(200, scriptPage(signIn)) },
  "GET /frame/v4/preauth/healthcheck/data": { in: ["health"], handle: checkHealth },
  "GET /frame/v4/return": { in: ["checked"], handle: ({ signIn }) => redirect(authPath(signIn)) },
  "GET /frame/prompt": { in: ["prompt"], handle: showPrompt("form") },
  "POST /frame/prompt": { in: ["prompt"], handle: (visit) => (isForm(visit) ? start(visit) : fail("there is another prompt")) },
  "GET /frame/v4/auth/prompt": { in: ["prompt"], handle: showPrompt("script") },
  "GET /frame/v4/auth/prompt/data": { in: ["prompt"], handle: tellData },
  "POST /frame/v4/prompt": { in: ["prompt"], handle: (visit) => (isForm(visit) ? fail("there is another prompt") : start(visit)) },
  "POST /frame/v4/status": { in: ["prompt"], handle: tellStatus },
  "POST /frame/v4/oidc/exit": { in: ["prompt"], handle: leave },
};

/** Answers one request to the Duo server. */
export function handleDuo(org: Org, request: Request): Reply {
  const reply = `${request.method} ${request.path}` === "GET /oauth/v1/authorize" ? authorize(org, request) : visit(org, request);
  return withHeaders(reply, { date: org.clock.now().toUTCString(), "cache-control": "no-store" });
}

function visit(org: Org, request: Request): Reply {
  if (request.method === "GET" && request.path.startsWith("/prompt/")) return html(200, newestPage());
  const route = ROUTES[`${request.method} ${request.path}`];
  if (route === undefined) return refusal(404, "there is no such page").refusal;
  const known = readVisit(org, request);
  if ("refusal" in known) return known.refusal;
  return route.in.includes(known.signIn.step) ? route.handle(known) : refusal(400, "this step is not open now").refusal;
}

function showPlugin({ request, signIn }: DuoVisit): Reply {
  if (request.query.get("tx") !== signIn.tx) return refusal(400, "the transaction is another").refusal;
  return html(200, pluginPage(signIn));
}

function takePlugin(visitor: DuoVisit): Reply {
  const { form, request, signIn } = visitor;
  const missing = PLUGIN_FIELDS.find((name) => !form.has(name));
  if (missing !== undefined) return refusal(400, `${missing} is missing`).refusal;
  if (!hasToken(visitor, "form") || form.get("tx") !== signIn.tx || form.get("parent") !== "None" || request.query.get("tx") !== signIn.tx)
    return refusal(400, "the form is not the one that was shown").refusal;
  return signIn.account.odd === undefined ? goOn(visitor) : (ODD[signIn.account.odd]?.(visitor) ?? goOn(visitor));
}

/** To the look at the computer, if there is to be one, and then to the prompt. */
function goOn({ signIn }: DuoVisit): Reply {
  const query = `?${new URLSearchParams({ sid: signIn.sid }).toString()}`;
  if (signIn.account.healthCheck === true && signIn.step === "begun") {
    signIn.step = "health";
    return redirect(`/frame/v4/preauth/healthcheck${query}`);
  }
  signIn.step = "prompt";
  const path = signIn.account.prompt === "script" ? "/frame/v4/auth/prompt" : "/frame/prompt";
  return withHeaders(redirect(`${path}${query}`), { "set-cookie": [forgetLoading(signIn)] });
}

function checkHealth(visitor: DuoVisit): Reply {
  if (!hasToken(visitor, "header")) return fail("the token of the page is missing");
  visitor.signIn.step = "checked";
  return { status: 200, headers: { "content-type": "application/json" }, body: '{"stat":"OK","response":{"status":"unchecked"}}' };
}

function showPrompt(kind: "form" | "script"): Handler {
  return ({ signIn }) => {
    if ((signIn.account.prompt ?? "form") !== kind) return refusal(404, "there is another prompt").refusal;
    return html(200, kind === "form" ? promptPage(signIn) : scriptPage(signIn));
  };
}

function isForm({ signIn }: DuoVisit): boolean {
  return signIn.account.prompt !== "script";
}

const ODD: Readonly<Partial<Record<DuoOddity, Handler>>> = {
  "off-host": () => redirect("https://login.duosecurity.com.evil.example/frame/prompt"),
  loop: ({ signIn }) => redirect(authPath(signIn)),
  "no-form": () => html(200, page("<h1>Something else</h1>")),
  "trusted-device": () => html(200, trustedDevicePage()),
  "newest-prompt": ({ signIn }) => redirect(`/prompt/${signIn.request.clientId}?authkey=AKSANDBOX`),
};

/** Back to the org, with a code that is good once. */
function leave(visitor: DuoVisit): Reply {
  const { org, form, signIn } = visitor;
  const attempt = signIn.attempts.get(form.get("txid") ?? "");
  if (attempt?.allowed !== true || form.get("factor") !== attempt.factor) return refusal(400, "nobody approved this").refusal;
  if (!hasToken(visitor, "form") || !form.has("device_key") || !["true", "false"].includes(form.get("dampen_choice") ?? ""))
    return refusal(400, "the form is not complete").refusal;
  if (signIn.account.odd === "exit-off-host") return redirect("https://callback.evil.example/?code=none");
  if (signIn.account.odd === "exit-page") return html(200, page("<h1>One more thing</h1>"));
  signIn.step = "over";
  return redirect(callbackUrl(org, signIn.request));
}
