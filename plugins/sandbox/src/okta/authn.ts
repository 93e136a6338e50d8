import { after } from "../clock.ts";
import type { Reply } from "../http/message.ts";
import { textOf } from "./body.ts";
import { json, refuse } from "./errors.ts";
import type { Org, Person, Transaction } from "./memory.ts";
import { readTransaction } from "./read-transaction.ts";
import type { Route, Visit } from "./route.ts";
import { sessionOf } from "./sessions.ts";
import { beginSignIn, proceed } from "./stations.ts";
import { canSkip, notAllowed } from "./transactions.ts";
import { viewLockedOut, viewTransaction } from "./views.ts";

/** The sign-in itself, and the ways around inside it; factors and passwords have their own routes. */
export const authnRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn", body: "json", handle: authenticate },
  { method: "POST", path: "/api/v1/authn/introspect", body: "json", handle: introspect },
  { method: "POST", path: "/api/v1/authn/previous", body: "json", handle: goBack },
  { method: "POST", path: "/api/v1/authn/cancel", body: "json", handle: cancel },
  { method: "POST", path: "/api/v1/authn/skip", body: "json", handle: skip },
  { method: "POST", path: "/api/v1/authn/poll", body: "json", handle: poll },
];

function authenticate(visit: Visit): Reply {
  if (textOf(visit.fields, "stateToken") !== undefined) return resume(visit);
  const person = readPerson(visit);
  return "refusal" in person ? person.refusal : beginSignIn(visit, person);
}

/** A state token alone asks where the transaction stands; user name and password beside it are for a transaction that asks for them. */
function resume(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  if (!isAtHome(visit, transaction)) return refuse("E0000011");
  if (visit.fields["username"] === undefined) return viewTransaction(visit, transaction);
  if (transaction.status !== "UNAUTHENTICATED") return notAllowed();
  const person = readPerson(visit);
  if ("refusal" in person) return person.refusal;
  return person === transaction.person ? proceed(visit, transaction) : refuse("E0000004");
}

/** A step-up is taken up by the session that it is for, and by no other. */
function isAtHome(visit: Visit, { stepUp }: Transaction): boolean {
  return stepUp === undefined || sessionOf(visit) === stepUp.session;
}

/** Whose name and password these are, or why nobody gets in with them. */
function readPerson({ org, fields, request }: Visit): Person | { readonly refusal: Reply } {
  const username = textOf(fields, "username");
  const password = textOf(fields, "password");
  if (username === undefined || username === "") return { refusal: leftBlank("username") };
  if (password === undefined || password === "") return { refusal: leftBlank("password") };
  const person = org.people.find(({ user }) => isLogin(user.login, username));
  if (person === undefined) return { refusal: refuse("E0000004") };
  countPassword(org, person, password);
  if (person.locked) return { refusal: refuseLockedOut(org, request.origin) };
  if (person.password !== password) return { refusal: refuse("E0000004") };
  return person.passwordState?.kind === "expired-error" ? { refusal: refuse("E0000064") } : person;
}

export function countPassword({ lockout }: Org, person: Person, password: string): void {
  person.wrongPasswords = person.password === password ? 0 : person.wrongPasswords + 1;
  person.locked ||= person.wrongPasswords >= lockout.wrongPasswords;
}

/** Most orgs do not tell a stranger that there is somebody to lock out. */
function refuseLockedOut({ lockout }: Org, origin: string): Reply {
  if (!lockout.shown) return refuse("E0000004");
  return lockout.reply === "E0000119" ? refuse("E0000119") : viewLockedOut(origin);
}

function introspect(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  return "refusal" in transaction ? transaction.refusal : viewTransaction(visit, transaction);
}

function goBack(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  const before = { MFA_CHALLENGE: "MFA_REQUIRED", MFA_ENROLL_ACTIVATE: "MFA_ENROLL" }[transaction.status];
  if (before === undefined) return notAllowed();
  transaction.status = before;
  transaction.challenge = undefined;
  return viewTransaction(visit, transaction);
}

function cancel(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  visit.org.transactions.delete(transaction.stateToken);
  return json(200, { _embedded: {} });
}

function skip(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  return canSkip(transaction) ? proceed(visit, transaction) : notAllowed();
}

function poll(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  const { poll: wait } = transaction.person.user;
  if (transaction.status !== "POLL" || wait === undefined) return notAllowed();
  const now = visit.org.clock.now();
  if (now < transaction.pollAt) return refuse("E0000047");
  transaction.polls += 1;
  transaction.pollAt = after(now, wait.refreshMs / 1000);
  return transaction.polls > wait.times ? proceed(visit, transaction) : viewTransaction(visit, transaction);
}

function leftBlank(field: string): Reply {
  return refuse("E0000001", { causes: [`${field}: The field cannot be left blank`] });
}

function isLogin(login: string, typed: string): boolean {
  const wanted = login.toLowerCase();
  return wanted === typed.toLowerCase() || wanted.split("@")[0] === typed.toLowerCase();
}
