import type { Reply } from "../http/message.ts";
import type { Factor } from "../scenario.ts";
import { json } from "./errors.ts";
import type { Enrolled, Org, Person, Session, Transaction } from "./org.ts";

type Links = Readonly<Record<string, unknown>>;

/** The whole reply that tells where a transaction stands. */
export function viewTransaction(transaction: Transaction, origin: string): Reply {
  const common = {
    stateToken: transaction.stateToken,
    expiresAt: transaction.expiresAt.toISOString(),
    status: transaction.status,
  };
  return json(200, transaction.status === "MFA_REQUIRED" ? required(common, transaction, origin) : challenged(common, transaction, origin));
}

export function viewSuccess(org: Org, person: Person, sessionToken: string): Reply {
  const expiresAt = org.sessionTokens.get(sessionToken)?.expiresAt ?? org.clock.now();
  return json(200, { expiresAt: expiresAt.toISOString(), status: "SUCCESS", sessionToken, _embedded: { user: viewUser(person) } });
}

export function viewLockedOut(origin: string): Reply {
  const _links = {
    next: link(`${origin}/api/v1/authn/recovery/unlock`, ["POST"], "unlock"),
    cancel: link(`${origin}/api/v1/authn/cancel`, ["POST"]),
  };
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

function required(common: Links, transaction: Transaction, origin: string): unknown {
  const factors = transaction.person.factors.map((enrolled) => ({
    ...viewFactor(enrolled),
    _links: { verify: link(verifyUrl(enrolled, origin), ["POST"]) },
  }));
  const _embedded = { user: viewUser(transaction.person), factors, policy: viewPolicy(transaction.person) };
  return { ...common, _embedded, _links: { cancel: link(`${origin}/api/v1/authn/cancel`, ["POST"]) } };
}

function challenged(common: Links, transaction: Transaction, origin: string): unknown {
  const { enrolled, push, person } = transaction;
  if (enrolled === undefined) return common;
  const result = push === undefined ? {} : { factorResult: push.result.factorResult };
  return {
    ...common,
    ...result,
    _embedded: {
      user: viewUser(person),
      factor: { ...viewFactor(enrolled), _embedded: viewVerification(transaction) },
      policy: viewPolicy(person),
    },
    _links: viewChallengeLinks(enrolled, push?.result.factorResult === "WAITING" ? "poll" : "verify", origin),
  };
}

function viewVerification({ push }: Transaction): unknown {
  const correctAnswer = push?.result.correctAnswer;
  return correctAnswer === undefined ? { verification: null } : { challenge: { correctAnswer } };
}

function viewChallengeLinks(enrolled: Enrolled, next: "poll" | "verify", origin: string): Links {
  const base = `${origin}/api/v1/authn`;
  const links = {
    next: link(verifyUrl(enrolled, origin), ["POST"], next),
    prev: link(`${base}/previous`, ["POST"]),
    cancel: link(`${base}/cancel`, ["POST"]),
  };
  return enrolled.factor.factorType === "push"
    ? { ...links, resend: [link(`${verifyUrl(enrolled, origin)}/resend`, ["POST"], "push")] }
    : links;
}

function viewUser(person: Person): unknown {
  const { login, firstName, lastName } = person.user;
  return {
    id: person.id,
    passwordChanged: "2024-02-29T12:00:00.000Z",
    profile: { login, firstName, lastName, locale: "en_US", timeZone: "Europe/Berlin" },
  };
}

function viewFactor({ id, factor }: Enrolled): Links {
  const { factorType, provider } = factor;
  return { id, factorType, provider, ...viewDetails(factor) };
}

/** Okta says nothing of an Okta Verify device before it is verified. */
function viewDetails(factor: Factor): Links {
  if (factor.factorType !== "push" && factor.factorType !== "token:software:totp") {
    return { vendorName: factor.vendorName ?? factor.provider, profile: factor.profile ?? {} };
  }
  return { vendorName: factor.provider, profile: factor.provider === "GOOGLE" ? { credentialId: "google" } : {} };
}

function viewPolicy(person: Person): unknown {
  const pushes = person.factors.filter(({ factor }) => factor.factorType === "push");
  const factorsPolicyInfo = Object.fromEntries(pushes.map(({ id }) => [id, { autoPushEnabled: false }]));
  return { allowRememberDevice: false, rememberDeviceLifetimeInMinutes: 0, rememberDeviceByDefault: false, factorsPolicyInfo };
}

function verifyUrl(enrolled: Enrolled, origin: string): string {
  return `${origin}/api/v1/authn/factors/${enrolled.id}/verify`;
}

function link(href: string, allow: readonly string[], name?: string): Links {
  return { ...(name === undefined ? {} : { name }), href, hints: { allow } };
}
