import type { Reply } from "../http/message.ts";
import type { PasswordRules } from "../scenario.ts";
import { countPassword } from "./authn.ts";
import { textOf } from "./body.ts";
import { refuse } from "./errors.ts";
import type { Person, Transaction } from "./memory.ts";
import { readTransaction, refuseLocked } from "./read-transaction.ts";
import type { Route, Visit } from "./route.ts";
import { proceed } from "./stations.ts";
import { notAllowed } from "./transactions.ts";
import { completeRules } from "./view-password.ts";

export const passwordRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/authn/credentials/change_password", body: "json", handle: changePassword },
];

function changePassword(visit: Visit): Reply {
  const transaction = readTransaction(visit);
  if ("refusal" in transaction) return transaction.refusal;
  const rules = transaction.person.passwordState;
  if (!transaction.status.startsWith("PASSWORD_") || (rules?.kind !== "warn" && rules?.kind !== "expired")) return notAllowed();
  const oldPassword = textOf(visit.fields, "oldPassword");
  const newPassword = textOf(visit.fields, "newPassword");
  if (oldPassword === undefined || newPassword === undefined)
    return refuse("E0000001", { causes: ["password: The field cannot be left blank"] });
  return exchange(visit, transaction, { oldPassword, newPassword, rules });
}

interface Change {
  readonly oldPassword: string;
  readonly newPassword: string;
  readonly rules: PasswordRules;
}

function exchange(visit: Visit, transaction: Transaction, { oldPassword, newPassword, rules }: Change): Reply {
  const { person } = transaction;
  countPassword(visit.org, person, oldPassword);
  if (person.locked) return refuseLocked(visit, transaction);
  if (oldPassword !== person.password) return refuseOld(rules);
  const missed = missedRules(newPassword, person, rules);
  if (missed.length > 0) return refuseNew(rules, missed);
  person.password = newPassword;
  person.passwordState = undefined;
  if (visit.fields["revokeSessions"] === true) endSessions(visit, person);
  return proceed(visit, transaction);
}

function refuseOld({ refusals }: PasswordRules): Reply {
  if (refusals === "older") return refuse("E0000014", { status: 400, causes: ["Old password is not correct"] });
  return refuse("E0000014", { causes: ["oldPassword: The credentials provided were incorrect."] });
}

/** @see https://developer.okta.com/docs/reference/error-codes/ */
function refuseNew({ refusals }: PasswordRules, missed: readonly string[]): Reply {
  const causes = [`Password requirements were not met. Password requirements: ${missed.join(", ")}.`];
  if (refusals === "complexity") return refuse("E0000080", { causes });
  return refuse("E0000014", refusals === "older" ? { status: 400, causes } : { causes });
}

function missedRules(password: string, { user, password: present }: Person, rules: PasswordRules): readonly string[] {
  const { minLength, minLowerCase, minUpperCase, minNumber, minSymbol, excludeUsername } = completeRules(rules);
  const [name = ""] = user.login.toLowerCase().split("@");
  const missed: readonly (readonly [string, boolean])[] = [
    [`at least ${minLength} characters`, password.length < minLength],
    ["a lowercase letter", countOf(password, /\p{Ll}/gu) < minLowerCase],
    ["an uppercase letter", countOf(password, /\p{Lu}/gu) < minUpperCase],
    ["a number", countOf(password, /\d/gu) < minNumber],
    ["a symbol", countOf(password, /[^\p{L}\d\s]/gu) < minSymbol],
    ["no parts of your username", excludeUsername && password.toLowerCase().includes(name)],
    ["not the password that you have", password === present],
  ];
  return missed.filter(([, isMissed]) => isMissed).map(([rule]) => rule);
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function endSessions({ org }: Visit, person: Person): void {
  for (const [id, session] of org.sessions) if (session.person === person) org.sessions.delete(id);
}
