import { after } from "../clock.ts";
import { type Reply, readCookies } from "../http/message.ts";
import { textOf } from "./body.ts";
import { json, refuse } from "./errors.ts";
import type { Session } from "./memory.ts";
import { findSession, openSession } from "./org.ts";
import type { Route, Visit } from "./route.ts";
import { viewSession } from "./views.ts";

export const sessionRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/sessions", body: "json", handle: create },
  { method: "GET", path: "/api/v1/sessions/me", body: "none", handle: show },
  { method: "DELETE", path: "/api/v1/sessions/me", body: "none", handle: end },
  { method: "POST", path: "/api/v1/sessions/me/lifecycle/refresh", body: "json or empty", handle: refresh },
  { method: "GET", path: "/api/v1/users/me/appLinks", body: "none", handle: listApps },
];

/** The session of the request's cookie. */
export function sessionOf({ org, request }: Visit): Session | undefined {
  return findSession(org, readCookies(request).get("sid"));
}

function create({ org, fields, request }: Visit): Reply {
  const sessionToken = textOf(fields, "sessionToken") ?? "";
  const granted = org.sessionTokens.get(sessionToken);
  org.sessionTokens.delete(sessionToken);
  if (granted === undefined || granted.expiresAt <= org.clock.now()) return refuse("E0000004");
  const session = openSession(org, granted);
  return viewSession(session, session.id, request.origin);
}

function show(visit: Visit): Reply {
  const session = sessionOf(visit);
  return session === undefined ? noSession() : viewSession(session, "me", visit.request.origin);
}

function end(visit: Visit): Reply {
  const session = sessionOf(visit);
  if (session === undefined) return noSession();
  visit.org.sessions.delete(session.id);
  return { status: 204, headers: {}, body: "" };
}

function refresh(visit: Visit): Reply {
  const session = sessionOf(visit);
  if (session === undefined) return noSession();
  session.expiresAt = after(visit.org.clock.now(), visit.org.lifetimes.sessionSeconds);
  if (visit.request.headers["prefer"] === "return=minimal")
    return { status: 204, headers: { "preference-applied": "return=minimal" }, body: "" };
  return viewSession(session, "me", visit.request.origin);
}

function listApps(visit: Visit): Reply {
  const session = sessionOf(visit);
  if (session === undefined) return refuse("E0000005");
  const { origin } = visit.request;
  return json(
    200,
    visit.org.apps.map(({ id, application }, sortOrder) => ({
      id: session.person.id,
      label: application.label,
      linkUrl: `${origin}${appPath(application.name, id)}`,
      logoUrl: `${origin}/img/logos/${application.name}.png`,
      appName: application.name,
      appInstanceId: id,
      appAssignmentId: id.replace("0oa", "0ua"),
      credentialsSetup: false,
      hidden: application.hidden ?? false,
      sortOrder,
    })),
  );
}

export function appPath(name: string, id: string): string {
  return `/home/${name}/${id}/272`;
}

function noSession(): Reply {
  return refuse("E0000007", { summary: "Not found: Resource not found: me (Session)" });
}
