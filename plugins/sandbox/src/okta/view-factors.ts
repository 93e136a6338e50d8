import type { Factor } from "../scenario.ts";
import { authnLink, link, type View } from "./link.ts";
import type { Challenge, Enrolled, Person, Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";
import { findSharedTypes } from "./shared-types.ts";
import { deviceOf } from "./transactions.ts";
import { viewUser } from "./view-user.ts";

/** The factors to choose from. */
export function viewRequired(visit: Visit, { person }: Transaction): View {
  const { origin } = visit.request;
  const factors = person.factors.map((enrolled) => ({
    ...viewFactor(enrolled, person),
    _links: { verify: authnLink(origin, verifyPath(enrolled.id)) },
  }));
  return {
    _embedded: { user: viewUser(person), factors, ...viewSharedTypes(person, origin), policy: viewPolicy(visit, person) },
    _links: { cancel: authnLink(origin, "cancel") },
  };
}

/** The factor that is being verified. */
export function viewChallenged(visit: Visit, challenge: Challenge, person: Person): View {
  const { factorResult } = challenge;
  return {
    ...(factorResult === undefined ? {} : { factorResult }),
    ...viewChallengeType(challenge),
    _embedded: { user: viewUser(person), ...viewChallenge(challenge, person), policy: viewPolicy(visit, person) },
    _links: viewChallengeLinks(challenge, visit.request.origin),
  };
}

function viewSharedTypes(person: Person, origin: string): View {
  const types = [...findSharedTypes(person).keys()];
  if (types.length === 0) return {};
  return {
    factorTypes: types.map((factorType) => ({ factorType, _links: { next: authnLink(origin, verifyPath(factorType), "verify") } })),
  };
}

function viewChallengeType({ enrolled, byType }: Challenge): View {
  const { factorType } = enrolled.factor;
  if (byType) return { challengeType: "FACTOR_TYPE", factorType };
  return factorType === "webauthn" ? { challengeType: "FACTOR" } : {};
}

/** Of a type the challenge stands on top and the factors beside it; of a factor it stands inside. */
function viewChallenge({ enrolled, choices, byType, shown }: Challenge, person: Person): View {
  if (byType) return { challenge: shown ?? null, factors: choices.map((choice) => viewFactor(choice, person)) };
  const _embedded = shown === undefined ? { verification: null } : { challenge: shown };
  return { factor: { ...viewFactor(enrolled, person), _embedded } };
}

function viewChallengeLinks({ enrolled, byType, next, canResend }: Challenge, origin: string): View {
  const verify = verifyPath(byType ? enrolled.factor.factorType : enrolled.id);
  return {
    next: next.name === "redirect" ? link(next.href, ["GET"], next.name) : authnLink(origin, verify, next.name),
    prev: authnLink(origin, "previous"),
    cancel: authnLink(origin, "cancel"),
    ...(canResend ? { resend: [authnLink(origin, `${verify}/resend`, enrolled.factor.factorType)] } : {}),
  };
}

function viewFactor({ id, factor }: Enrolled, person: Person): View {
  const { factorType, provider } = factor;
  return {
    ...{ id, factorType, provider },
    vendorName: "vendorName" in factor ? factor.vendorName : provider,
    profile: viewProfile(factor, person),
  };
}

/** Okta says nothing of an Okta Verify device before it is verified. */
function viewProfile(factor: Factor, { user }: Person): unknown {
  if ("secret" in factor) return factor.provider === "GOOGLE" ? { credentialId: "google" } : {};
  if ("codes" in factor) return factor.profile ?? { credentialId: user.login };
  if ("to" in factor) return factor.factorType === "email" ? { email: factor.to } : { phoneNumber: factor.to };
  if ("answer" in factor) return { question: factor.question, questionText: factor.questionText };
  if ("credentialId" in factor) return { credentialId: factor.credentialId, authenticatorName: factor.authenticatorName };
  return "profile" in factor ? factor.profile : {};
}

function viewPolicy(visit: Visit, person: Person): View {
  const { rememberDevice } = visit.org.scenario;
  const pushes = person.factors.filter(({ factor }) => factor.factorType === "push");
  const autoPush = deviceOf(visit)?.autoPush;
  return {
    allowRememberDevice: rememberDevice !== undefined,
    rememberDeviceLifetimeInMinutes: rememberDevice?.minutes ?? 0,
    rememberDeviceByDefault: false,
    factorsPolicyInfo: Object.fromEntries(pushes.map(({ id }) => [id, { autoPushEnabled: autoPush?.has(id) === true }])),
  };
}

/** @param name of a factor, or of a type */
function verifyPath(name: string): string {
  return `factors/${name}/verify`;
}
