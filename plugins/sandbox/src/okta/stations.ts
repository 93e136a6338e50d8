import { after } from "../clock.ts";
import type { Reply } from "../http/message.ts";
import type { Org, Person, Station, StepUp, Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";
import { deviceOf, grantSessionToken, newEnrolling, openTransaction } from "./transactions.ts";
import { viewStepUpSuccess, viewSuccess, viewTransaction } from "./views.ts";

/** What a sign-in with the right password goes through, in Okta's order: the password's own state comes after the factor. */
export function beginSignIn(visit: Visit, person: Person): Reply {
  const ahead = planSignIn(visit, person);
  const [first] = ahead;
  const methods = ["pwd"];
  if (first === undefined) return viewSuccess(visit.org, person, grantSessionToken(visit.org, person, methods));
  const status = statusOf(first, person);
  return viewTransaction(visit, openTransaction(visit.org, { person, methods, stepUp: undefined, ahead, status }));
}

/** A transaction for more proof than a session has. */
export function beginStepUp(org: Org, stepUp: StepUp): Transaction {
  const { person, methods } = stepUp.session;
  const station: Station = person.factors.length > 0 ? "factor" : "enrol";
  const asksFirst = stepUp.app.application.stepUp?.unauthenticated === true;
  const status = asksFirst ? "UNAUTHENTICATED" : statusOf(station, person);
  return openTransaction(org, { person, methods: [...methods], stepUp, ahead: asksFirst ? ["state", station] : [station], status });
}

/** Leaves the present station for the next; after the last one the person is signed in. */
export function proceed(visit: Visit, transaction: Transaction): Reply {
  const [, ...ahead] = transaction.ahead;
  const [next] = ahead;
  transaction.ahead = ahead;
  transaction.challenge = undefined;
  if (next === undefined) return finish(visit, transaction);
  transaction.status = statusOf(next, transaction.person);
  transaction.enrolling = transaction.status === "MFA_ENROLL_ACTIVATE" ? newEnrolling() : undefined;
  return viewTransaction(visit, transaction);
}

/** A factor was verified: what may come of that for later sign-ins is kept, and the transaction goes on. */
export function passFactor(visit: Visit, transaction: Transaction, method: string): Reply {
  const { person, methods } = transaction;
  person.wrongCodes = 0;
  for (const added of [method, "mfa"]) if (!methods.includes(added)) methods.push(added);
  rememberDevice(visit, person);
  storeAutoPush(visit, transaction);
  return proceed(visit, transaction);
}

function finish(visit: Visit, transaction: Transaction): Reply {
  const { org } = visit;
  const { stateToken, person, methods, stepUp } = transaction;
  org.transactions.delete(stateToken);
  if (stepUp === undefined) return viewSuccess(org, person, grantSessionToken(org, person, methods));
  stepUp.session.methods = methods;
  org.stepUps.set(stateToken, stepUp);
  const onward = stepUp.app.application.stepUp?.onward ?? "next";
  const sessionToken = onward === "session-token" ? grantSessionToken(org, person, methods) : undefined;
  return viewStepUpSuccess(visit, { transaction, onward, sessionToken });
}

function planSignIn(visit: Visit, person: Person): readonly Station[] {
  const { user, passwordState, hasEnrolled } = person;
  const stateAfter = user.state === undefined ? undefined : (user.state.after ?? "password");
  const planned: readonly (readonly [Station, boolean])[] = [
    ["poll", user.poll !== undefined],
    ["state", stateAfter === "password"],
    ["factor", needsFactor(visit, person)],
    ["state", stateAfter === "factor"],
    ["enrol", user.enrol !== undefined && !hasEnrolled],
    ["password", passwordState !== undefined && (passwordState.kind !== "warn" || wantsWarning(visit))],
  ];
  return planned.filter(([, isDue]) => isDue).map(([station]) => station);
}

function needsFactor(visit: Visit, person: Person): boolean {
  const { scenario, clock } = visit.org;
  if (person.factors.length === 0 || scenario.factorAt === "app") return false;
  const remembered = deviceOf(visit)?.remembered;
  if (remembered?.has(person.id) !== true) return true;
  const until = remembered.get(person.id);
  return until !== undefined && until <= clock.now();
}

/** @see https://developer.okta.com/docs/reference/api/authn/#options-object */
function wantsWarning({ fields }: Visit): boolean {
  const { options } = fields;
  return (
    typeof options === "object" && options !== null && "warnBeforePasswordExpired" in options && options.warnBeforePasswordExpired === true
  );
}

/** @see https://developer.okta.com/docs/reference/api/authn/#remember-device-object */
function rememberDevice({ org, request }: Visit, person: Person): void {
  const { rememberDevice: policy } = org.scenario;
  if (policy === undefined || request.query.get("rememberDevice") !== "true") return;
  const until = policy.minutes === 0 ? undefined : after(org.clock.now(), policy.minutes * 60);
  deviceOf({ org, request })?.remembered.set(person.id, until);
}

function storeAutoPush(visit: Visit, { challenge }: Transaction): void {
  if (visit.request.query.get("autoPush") !== "true" || challenge?.push === undefined) return;
  deviceOf(visit)?.autoPush.add(challenge.enrolled.id);
}

function statusOf(station: Station, { user, passwordState }: Person): string {
  switch (station) {
    case "poll":
      return "POLL";
    case "state":
      return user.state?.status ?? "UNAUTHENTICATED";
    case "factor":
      return "MFA_REQUIRED";
    case "enrol":
      return "MFA_ENROLL";
    case "password":
      return passwordState?.kind === "warn" ? "PASSWORD_WARN" : "PASSWORD_EXPIRED";
  }
}
