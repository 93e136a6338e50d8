import { cookieScope, type Reply, redirect, withHeaders } from "../http/message.ts";
import type { Session, StepUp } from "./memory.ts";
import { openSession } from "./org.ts";
import { errorPage, signInPage } from "./page.ts";
import type { Route, Visit } from "./route.ts";
import { sessionOf } from "./sessions.ts";

export const stepUpRoutes: readonly Route[] = [
  { method: "GET", path: "/login/step-up/verify", body: "none", handle: () => signInPage("Extra Verification") },
  { method: "GET", path: "/login/step-up/redirect", body: "none", handle: goOn },
  { method: "GET", path: "/login/token/redirect", body: "none", handle: openAndGoOn },
];

/** Leads a session that proved more back to the app that asked for it, once. */
function goOn(visit: Visit): Reply {
  const stepUp = takeStepUp(visit);
  if (stepUp === undefined) return errorPage(403, "This sign-in is over");
  return sessionOf(visit) === stepUp.session ? satisfy(visit, stepUp.session, stepUp) : signInPage();
}

/** The same for a link that is good without the session's cookie: it brings a new one. */
function openAndGoOn(visit: Visit): Reply {
  const stepUp = takeStepUp(visit);
  if (stepUp === undefined) return errorPage(403, "This sign-in is over");
  const { org, request } = visit;
  const { person, methods } = stepUp.session;
  const session = sessionOf(visit) ?? openSession(org, { person, methods, expiresAt: org.clock.now() });
  return withHeaders(satisfy(visit, session, stepUp), { "set-cookie": [`sid=${session.id}; ${cookieScope(request)}`] });
}

function takeStepUp({ org, request }: Visit): StepUp | undefined {
  const stateToken = request.query.get("stateToken") ?? "";
  const stepUp = org.stepUps.get(stateToken);
  org.stepUps.delete(stateToken);
  return stepUp;
}

function satisfy({ request }: Visit, session: Session, { app, returnTo }: StepUp): Reply {
  session.satisfied.add(app.id);
  return redirect(`${request.origin}${returnTo}`);
}
