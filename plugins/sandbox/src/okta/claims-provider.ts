import { after } from "../clock.ts";
import { signRequest } from "../duo/request-token.ts";
import { html, type Reply, type Request, readCookies, redirect, withHeaders } from "../http/message.ts";
import type { ClaimsProviderFactor } from "../scenario.ts";
import { type Attempt, challenge } from "./attempt.ts";
import { randomId, stableId } from "./ids.ts";
import type { Person, StepUp } from "./memory.ts";
import { openSession } from "./org.ts";
import { errorPage } from "./page.ts";
import type { Route, Visit } from "./route.ts";
import { sessionOf } from "./sessions.ts";
import { findTransaction } from "./transactions.ts";

/** The way to the identity provider and back. */
export const claimsProviderRoutes: readonly Route[] = [
  { method: "GET", path: "/sso/idps/:id", body: "none", handle: leave },
  { method: "GET", path: "/oauth2/v1/authorize/callback", body: "none", handle: comeBack },
  { method: "GET", path: "/app/UserHome", body: "none", handle: showHome },
];

/** The transaction waits for a browser; nobody polls. */
export function challengeClaimsProvider(attempt: Attempt, _factor: ClaimsProviderFactor): Reply {
  const { visit, transaction, enrolled } = attempt;
  const query = new URLSearchParams({ stateToken: transaction.stateToken });
  const href = `${visit.request.origin}/sso/idps/${providerOf(enrolled.id)}?${query.toString()}`;
  return challenge(attempt, { factorResult: "CHALLENGE", next: { name: "redirect", href } });
}

function leave({ org, request, params }: Visit): Reply {
  const stateToken = request.query.get("stateToken") ?? "";
  const transaction = findTransaction(org, { stateToken });
  const enrolled = transaction?.challenge?.enrolled;
  if (transaction === undefined || enrolled === undefined || providerOf(enrolled.id) !== params["id"])
    return refusePage("This sign-in is over");
  const browser = browserOf(request);
  if (browser === undefined) return refusePage("Cookies are needed");
  const state = randomId("", 40);
  org.duo.absences.set(state, { stateToken, browser, expiresAt: after(org.clock.now(), org.lifetimes.stateTokenSeconds) });
  const clientId = stableId("DI", enrolled.id);
  const wanted = { login: transaction.person.user.login, clientId, state, redirectUri: `${request.origin}/oauth2/v1/authorize/callback` };
  const query = { client_id: clientId, response_type: "code", scope: "openid", request: signRequest(wanted, org.duo.secret), state };
  return redirect(`${org.duoUrl()}/oauth/v1/authorize?${new URLSearchParams(query).toString()}`);
}

/** The way back is open once. The transaction is over then, and the cookie is the session: no token is given. */
function comeBack({ org, request }: Visit): Reply {
  const state = request.query.get("state") ?? "";
  const absence = org.duo.absences.get(state);
  org.duo.absences.delete(state);
  if (absence === undefined || absence.expiresAt <= org.clock.now()) return refusePage("This sign-in is over");
  if (browserOf(request) !== absence.browser) return refusePage("Another browser began this sign-in");
  const code = request.query.get("code") ?? "";
  const isGranted = org.duo.codes.get(code) === state;
  org.duo.codes.delete(code);
  const transaction = findTransaction(org, { stateToken: absence.stateToken });
  if (!isGranted || transaction === undefined) return refusePage("The identity provider did not confirm who you are");
  org.transactions.delete(absence.stateToken);
  return transaction.stepUp === undefined ? welcome({ org, request }, transaction.person) : goOn(request, transaction.stepUp);
}

/** Back to what asked for more proof, with the session that asked. */
function goOn({ origin }: Request, { session, app, returnTo }: StepUp): Reply {
  session.satisfied.add(app.id);
  session.methods = [...new Set([...session.methods, "mfa"])];
  return redirect(`${origin}${returnTo}`);
}

function welcome({ org, request }: Pick<Visit, "org" | "request">, person: Person): Reply {
  const session = openSession(org, { person, methods: ["pwd", "mfa"], expiresAt: org.clock.now() });
  const scope = `Path=/; HttpOnly${request.origin.startsWith("https:") ? "; Secure; SameSite=None" : ""}`;
  const cookies = [
    `sid=${session.id}; ${scope}`,
    `DT=${readCookies(request).get("DT") ?? randomId("DI0", 25)}; Max-Age=63072000; ${scope}`,
  ];
  return withHeaders(redirect(`${request.origin}/app/UserHome`), { "set-cookie": cookies });
}

function showHome(visit: Visit): Reply {
  const session = sessionOf(visit);
  return session === undefined ? redirect(`${visit.request.origin}/login/login.htm`) : html(200, "<!DOCTYPE html><title>Home</title>\n");
}

function providerOf(factorId: string): string {
  return stableId("0oa", `identity provider ${factorId}`);
}

function browserOf(request: Request): string | undefined {
  return readCookies(request).get("JSESSIONID");
}

function refusePage(headline: string): Reply {
  return errorPage(403, headline);
}
