import type { Reply } from "../http/message.ts";
import type { Factor } from "../scenario.ts";
import { json } from "./errors.ts";
import type { Challenge, Enrolled, Org, Person, Session, Transaction } from "./org.ts";

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

function required(common: Links, { person }: Transaction, origin: string): unknown {
  const factors = person.factors.map((enrolled) => ({
    ...viewFactor(enrolled, person),
    _links: { verify: link(verifyUrl(enrolled.id, origin), ["POST"]) },
  }));
  const _embedded = { user: viewUser(person), factors, policy: viewPolicy(person) };
  return { ...common, _embedded, _links: { cancel: link(`${origin}/api/v1/authn/cancel`, ["POST"]) } };
}

function challenged(common: Links, { challenge, person }: Transaction, origin: string): unknown {
  if (challenge === undefined) return common;
  const { factorResult } = challenge;
  return {
    ...common,
    ...(factorResult === undefined ? {} : { factorResult }),
    ...viewChallengeType(challenge),
    _embedded: { user: viewUser(person), ...viewChallenge(challenge, person), policy: viewPolicy(person) },
    _links: viewChallengeLinks(challenge, origin),
  };
}

function viewChallengeType({ enrolled, byType }: Challenge): Links {
  const { factorType } = enrolled.factor;
  if (byType) return { challengeType: "FACTOR_TYPE", factorType };
  return factorType === "webauthn" ? { challengeType: "FACTOR" } : {};
}

/** Of a type the challenge stands on top and the factors beside it; of a factor it stands inside. */
function viewChallenge({ enrolled, choices, byType, shown }: Challenge, person: Person): Links {
  if (byType) return { challenge: shown ?? null, factors: choices.map((choice) => viewFactor(choice, person)) };
  const _embedded = shown === undefined ? { verification: null } : { challenge: shown };
  return { factor: { ...viewFactor(enrolled, person), _embedded } };
}

function viewChallengeLinks({ enrolled, byType, next, canResend }: Challenge, origin: string): Links {
  const base = `${origin}/api/v1/authn`;
  const verify = verifyUrl(byType ? enrolled.factor.factorType : enrolled.id, origin);
  return {
    next: next.name === "redirect" ? link(next.href, ["GET"], next.name) : link(verify, ["POST"], next.name),
    prev: link(`${base}/previous`, ["POST"]),
    cancel: link(`${base}/cancel`, ["POST"]),
    ...(canResend ? { resend: [link(`${verify}/resend`, ["POST"], enrolled.factor.factorType)] } : {}),
  };
}

function viewUser(person: Person): unknown {
  const { login, firstName, lastName } = person.user;
  return {
    id: person.id,
    passwordChanged: "2024-02-29T12:00:00.000Z",
    profile: { login, firstName, lastName, locale: "en_US", timeZone: "Europe/Berlin" },
  };
}

function viewFactor({ id, factor }: Enrolled, person: Person): Links {
  const { factorType, provider } = factor;
  return {
    id,
    factorType,
    provider,
    vendorName: "vendorName" in factor ? factor.vendorName : provider,
    profile: viewProfile(factor, person),
  };
}

/** Okta says nothing of an Okta Verify device before it is verified. */
function viewProfile(factor: Factor, { user }: Person): unknown {
  if ("script" in factor) return {};
  if ("secret" in factor) return factor.provider === "GOOGLE" ? { credentialId: "google" } : {};
  if ("codes" in factor) return factor.profile ?? { credentialId: user.login };
  if ("to" in factor) return factor.factorType === "email" ? { email: factor.to } : { phoneNumber: factor.to };
  if ("answer" in factor) return { question: factor.question, questionText: factor.questionText };
  if ("credentialId" in factor) return { credentialId: factor.credentialId, authenticatorName: factor.authenticatorName };
  return "profile" in factor ? factor.profile : {};
}

function viewPolicy(person: Person): unknown {
  const pushes = person.factors.filter(({ factor }) => factor.factorType === "push");
  const factorsPolicyInfo = Object.fromEntries(pushes.map(({ id }) => [id, { autoPushEnabled: false }]));
  return { allowRememberDevice: false, rememberDeviceLifetimeInMinutes: 0, rememberDeviceByDefault: false, factorsPolicyInfo };
}

/** @param name of a factor, or of a type */
function verifyUrl(name: string, origin: string): string {
  return `${origin}/api/v1/authn/factors/${name}/verify`;
}

function link(href: string, allow: readonly string[], name?: string): Links {
  return { ...(name === undefined ? {} : { name }), href, hints: { allow } };
}
