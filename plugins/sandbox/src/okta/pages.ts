import { escapeAttribute, escapeMarkup } from "../http/escape.ts";
import { html, type Reply, redirect } from "../http/message.ts";
import { demandMore } from "./app-policy.ts";
import type { App, Org } from "./memory.ts";
import { errorPage, signInPage } from "./page.ts";
import type { Route, Visit } from "./route.ts";
import { sessionOf } from "./sessions.ts";

export const pageRoutes: readonly Route[] = [
  { method: "GET", path: "/home/:name/:app/:link", body: "none", handle: launch },
  { method: "GET", path: "/app/:name/:key/sso/saml", body: "none", handle: signOn },
  { method: "GET", path: "/login/login.htm", body: "none", handle: () => signInPage() },
];

/** The embed link of an app. */
function launch(visit: Visit): Reply {
  const app = visit.org.apps.find(({ id, application }) => id === visit.params["app"] && application.name === visit.params["name"]);
  if (app === undefined) return errorPage(404, "This page does not exist");
  if (app.application.page !== "redirect") return show(visit, app);
  return redirect(`${visit.request.origin}/app/${app.application.name}/${app.key}/sso/saml`);
}

/** The single sign-on link of an app, which is named by its issuer's key. */
function signOn(visit: Visit): Reply {
  const app = visit.org.apps.find(({ key, application }) => key === visit.params["key"] && application.name === visit.params["name"]);
  return app === undefined ? errorPage(404, "This page does not exist") : show(visit, app);
}

function show(visit: Visit, app: App): Reply {
  const { org, request } = visit;
  const session = sessionOf(visit);
  if (session !== undefined) return demandMore(visit, session, app) ?? html(200, formPage(org, app, org.assert(session, app)));
  if (org.scenario.signedOut !== "redirect") return signInPage();
  return redirect(`${request.origin}/login/login.htm?fromURI=${encodeURIComponent(request.path)}`);
}

/** Posts itself to AWS in a browser. Attribute values are escaped the way Okta does it. */
function formPage(org: Org, app: App, response: string): string {
  const action = app.application.name === "amazon_aws" ? org.signInUrl() : "https://service-provider.example/saml";
  return `<!DOCTYPE html>
<!--[if lt IE 9]><html class="old"><![endif]-->
<html lang="en"><head><meta charset="utf-8"><title>Sandbox - One moment</title>
<script>var page = {locale: 'en', note: '<input name="SAMLResponse" value="not this one">'};</script></head>
<body class="enduser-app"><div id="container"><h1>Taking you to ${escapeMarkup(app.application.label)}</h1>
<form id="appForm" action="${escapeAttribute(action)}" method="POST">
  <input name="SAMLResponse" type="hidden" value="${escapeAttribute(response)}"/>
  <input name="RelayState" type="hidden" value=""/>
</form></div>
<script>document.getElementById('appForm').submit();</script></body></html>
`;
}
