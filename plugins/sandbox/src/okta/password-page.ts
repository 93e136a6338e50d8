import { escapeAttribute } from "../http/escape.ts";
import { html, type Reply, redirect } from "../http/message.ts";
import { countPassword } from "./authn.ts";
import { textOf } from "./body.ts";
import { randomId } from "./ids.ts";
import type { Session, StepUp } from "./memory.ts";
import { errorPage, signInPage } from "./page.ts";
import type { Route, Visit } from "./route.ts";
import { sessionOf } from "./sessions.ts";

export const passwordPageRoutes: readonly Route[] = [
  { method: "POST", path: "/user/verify_password", body: "form", handle: verifyPassword },
];

/** The page that asks somebody who is signed in for their password. */
export function askPassword(visit: Visit, session: Session, { app, returnTo }: Pick<StepUp, "app" | "returnTo">): Reply {
  const xsrfToken = randomId("", 32);
  session.reauthentication = { app, returnTo, xsrfToken };
  return renderForm(visit, xsrfToken);
}

/** Counts a wrong password as a sign-in does. */
function verifyPassword(visit: Visit): Reply {
  const session = sessionOf(visit);
  if (session === undefined) return signInPage();
  const asked = session.reauthentication;
  if (asked === undefined || textOf(visit.fields, "_xsrfToken") !== asked.xsrfToken) return errorPage(403, "This form has expired");
  const password = textOf(visit.fields, "password") ?? "";
  const { person } = session;
  countPassword(visit.org, person, password);
  if (person.locked) return errorPage(403, "Your account is locked");
  if (password !== person.password) return askPassword(visit, session, asked);
  session.reauthentication = undefined;
  session.satisfied.add(asked.app.id);
  return redirect(`${visit.request.origin}${asked.returnTo}`);
}

function renderForm({ request }: Visit, xsrfToken: string): Reply {
  return html(
    200,
    `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox - Your Password</title></head>
<body><div id="password-verification-challenge"><h1>Please enter your password again</h1>
<form method="POST" action="${escapeAttribute(`${request.origin}/user/verify_password`)}">
  <input type="hidden" id="_xsrfToken" name="_xsrfToken" value="${escapeAttribute(xsrfToken)}"/>
  <input type="password" name="password" value=""/><input type="submit" value="Go on"/>
</form></div></body></html>
`,
  );
}
