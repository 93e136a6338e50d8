import { after } from "../clock.ts";
import type { Reply } from "../http/message.ts";
import { textOf } from "./body.ts";
import { json, refuse } from "./errors.ts";
import { randomId } from "./ids.ts";
import type { Org, Person } from "./org.ts";
import type { Route, Visit } from "./route.ts";
import { findTransaction, grantSessionToken } from "./transactions.ts";
import { viewLockedOut, viewSuccess, viewTransaction } from "./views.ts";

/** The sign-in itself, and the ways around inside it; the factors have their own routes. */
export const authnRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn", body: "json", handle: authenticate },
  { method: "POST", path: "/api/v1/authn/introspect", body: "json", handle: introspect },
  { method: "POST", path: "/api/v1/authn/previous", body: "json", handle: goBack },
  { method: "POST", path: "/api/v1/authn/cancel", body: "json", handle: cancel },
  { method: "POST", path: "/api/v1/authn/skip", body: "json", handle: skip },
];

function authenticate(visit: Visit): Reply {
  if (textOf(visit.fields, "stateToken") !== undefined) return introspect(visit);
  const username = textOf(visit.fields, "username");
  const password = textOf(visit.fields, "password");
  if (username === undefined || username === "") return refuse("E0000001", { causes: ["username: The field cannot be left blank"] });
  if (password === undefined || password === "") return refuse("E0000001", { causes: ["password: The field cannot be left blank"] });
  const person = visit.org.people.find(({ user }) => isLogin(user.login, username));
  if (person === undefined) return refuse("E0000004");
  return checkPassword(visit, person, password);
}

function checkPassword({ org, request }: Visit, person: Person, password: string): Reply {
  if (person.user.password !== password) {
    person.wrongPasswords += 1;
    person.locked ||= person.wrongPasswords >= org.lockout.wrongPasswords;
  }
  if (person.locked) return org.lockout.shown ? viewLockedOut(request.origin) : refuse("E0000004");
  if (person.user.password !== password) return refuse("E0000004");
  person.wrongPasswords = 0;
  return person.factors.length === 0
    ? viewSuccess(org, person, grantSessionToken(org, person, ["pwd"]))
    : requireFactor(org, person, request.origin);
}

function requireFactor(org: Org, person: Person, origin: string): Reply {
  const stateToken = randomId("00", 42);
  const expiresAt = after(org.clock.now(), org.lifetimes.stateTokenSeconds);
  const transaction = { stateToken, person, expiresAt, status: "MFA_REQUIRED", challenge: undefined } as const;
  org.transactions.set(stateToken, { ...transaction });
  return viewTransaction(transaction, origin);
}

function introspect({ org, fields, request }: Visit): Reply {
  const transaction = findTransaction(org, fields);
  return transaction === undefined ? refuse("E0000011") : viewTransaction(transaction, request.origin);
}

function goBack({ org, fields, request }: Visit): Reply {
  const transaction = findTransaction(org, fields);
  if (transaction === undefined) return refuse("E0000011");
  if (transaction.status !== "MFA_CHALLENGE") return notAllowed();
  transaction.status = "MFA_REQUIRED";
  transaction.challenge = undefined;
  return viewTransaction(transaction, request.origin);
}

function cancel({ org, fields }: Visit): Reply {
  const transaction = findTransaction(org, fields);
  if (transaction === undefined) return refuse("E0000011");
  org.transactions.delete(transaction.stateToken);
  return json(200, { _embedded: {} });
}

/** No state that the sandbox plays can be skipped. */
function skip({ org, fields }: Visit): Reply {
  return findTransaction(org, fields) === undefined ? refuse("E0000011") : notAllowed();
}

function notAllowed(): Reply {
  return refuse("E0000079", { causes: ["This operation is not allowed in the current authentication state."] });
}

function isLogin(login: string, typed: string): boolean {
  const wanted = login.toLowerCase();
  return wanted === typed.toLowerCase() || wanted.split("@")[0] === typed.toLowerCase();
}
