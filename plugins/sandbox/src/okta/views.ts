import type { Reply } from "../http/message.ts";
import type { StepUpForm } from "../scenario.ts";
import { json } from "./errors.ts";
import { authnLink, link, type View } from "./link.ts";
import type { Org, Person, Session, Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";
import { viewChallenged, viewRequired } from "./view-factors.ts";
import { viewPassword } from "./view-password.ts";
import { viewActivation, viewEnrol, viewOther, viewPoll, viewUnauthenticated } from "./view-states.ts";
import { viewTarget, viewUser } from "./view-user.ts";

/** The whole reply that tells where a transaction stands. */
export function viewTransaction(visit: Visit, transaction: Transaction): Reply {
  const { origin } = visit.request;
  if (transaction.status === "LOCKED_OUT") return viewLockedOut(origin);
  const { _embedded, ...body } = viewBody(visit, transaction);
  const embedded = { ...(_embedded as View), ...viewTarget(transaction.stepUp, origin) };
  return json(200, { ...viewHead(visit.org, transaction), ...body, _embedded: embedded });
}

export function viewSuccess(org: Org, person: Person, sessionToken: string): Reply {
  const expiresAt = org.sessionTokens.get(sessionToken)?.expiresAt ?? org.clock.now();
  return json(200, { expiresAt: expiresAt.toISOString(), status: "SUCCESS", sessionToken, _embedded: { user: viewUser(person) } });
}

export interface StepUpSuccess {
  readonly transaction: Transaction;
  readonly onward: NonNullable<StepUpForm["onward"]>;
  readonly sessionToken: string | undefined;
}

/** A step-up that is done: the link leads back to the app. */
export function viewStepUpSuccess({ org, request }: Visit, { transaction, onward, sessionToken }: StepUpSuccess): Reply {
  const { origin } = request;
  const path = sessionToken === undefined ? "/login/step-up/redirect" : "/login/token/redirect";
  const href = `${origin}${path}?stateToken=${encodeURIComponent(transaction.stateToken)}`;
  return json(200, {
    ...viewHead(org, { ...transaction, status: "SUCCESS" }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
    _embedded: { user: viewUser(transaction.person), ...viewTarget(transaction.stepUp, origin) },
    _links: onward === "original" ? { original: link(href, ["GET"], "original") } : { next: link(href, ["GET"], "original") },
  });
}

export function viewLockedOut(origin: string): Reply {
  const _links = { next: authnLink(origin, "recovery/unlock", "unlock"), cancel: authnLink(origin, "cancel") };
  return json(200, { status: "LOCKED_OUT", _embedded: {}, _links });
}

/** @param name what the links call the session: its id, or `me` */
export function viewSession(session: Session, name: string, origin: string): Reply {
  const base = `${origin}/api/v1/sessions/${name}`;
  const mfa = session.methods.length > 1;
  return json(200, {
    id: session.id,
    login: session.person.user.login,
    userId: session.person.id,
    createdAt: session.createdAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    status: "ACTIVE",
    lastPasswordVerification: session.createdAt.toISOString(),
    lastFactorVerification: mfa ? session.createdAt.toISOString() : null,
    amr: session.methods,
    idp: { id: "00oSandboxIdentity00", type: "OKTA" },
    mfaActive: mfa,
    _links: {
      self: link(base, ["GET", "DELETE"]),
      refresh: link(`${base}/lifecycle/refresh`, ["POST"]),
      user: link(
        `${origin}/api/v1/users/${name === "me" ? "me" : session.person.id}`,
        ["GET"],
        `${session.person.user.firstName} ${session.person.user.lastName}`,
      ),
    },
  });
}

function viewHead(org: Org, { stateToken, stepUp, expiresAt, status }: Transaction): View {
  const type = stepUp === undefined ? {} : { type: "SESSION_STEP_UP" };
  return { stateToken, ...type, expiresAt: expiresAt.toISOString(), status: nameState(org, status) };
}

/** @see https://developer.okta.com/docs/reference/api/authn/#transaction-state */
function nameState({ scenario }: Org, status: string): string {
  return scenario.stateNames === "FACTOR" ? status.replace(/^MFA_/u, "FACTOR_") : status;
}

function viewBody(visit: Visit, transaction: Transaction): View {
  const { challenge, person, status } = transaction;
  switch (status) {
    case "MFA_REQUIRED":
      return viewRequired(visit, transaction);
    case "PASSWORD_WARN":
    case "PASSWORD_EXPIRED":
      return viewPassword(person, visit.request.origin);
    case "MFA_ENROLL":
      return viewEnrol(visit, transaction);
    case "MFA_ENROLL_ACTIVATE":
      return viewActivation(visit, transaction);
    case "POLL":
      return viewPoll(visit, transaction);
    case "UNAUTHENTICATED":
      return viewUnauthenticated(visit);
    default:
      return challenge === undefined ? viewOther(visit, transaction) : viewChallenged(visit, challenge, person);
  }
}
