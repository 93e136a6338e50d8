import { authnLink, link, type View } from "./link.ts";
import type { Transaction } from "./memory.ts";
import type { Visit } from "./route.ts";
import { canSkip } from "./transactions.ts";
import { viewUser } from "./view-user.ts";

const ENROLLABLE = [
  { factorType: "token:software:totp", provider: "OKTA" },
  { factorType: "question", provider: "OKTA" },
  { factorType: "sms", provider: "OKTA" },
] as const;

export function viewEnrol({ request }: Visit, transaction: Transaction): View {
  const { person } = transaction;
  const { origin } = request;
  const isOptional = canSkip(transaction);
  const factors = ENROLLABLE.map((factor) => ({
    ...{ ...factor, vendorName: factor.provider, status: "NOT_SETUP", enrollment: isOptional ? "OPTIONAL" : "REQUIRED" },
    _links: { enroll: authnLink(origin, "factors") },
  }));
  return {
    _embedded: { user: viewUser(person), factors },
    _links: { ...(isOptional ? { skip: authnLink(origin, "skip", "skip") } : {}), cancel: authnLink(origin, "cancel") },
  };
}

export function viewActivation({ request }: Visit, { person, enrolling }: Transaction): View {
  const { origin } = request;
  const { id = "", secret = "" } = enrolling ?? {};
  const activation = { timeStep: 30, sharedSecret: secret, encoding: "base32", keyLength: 6 };
  return {
    _embedded: {
      user: viewUser(person),
      factor: { id, factorType: "token:software:totp", provider: "OKTA", vendorName: "OKTA", profile: {}, _embedded: { activation } },
    },
    _links: {
      next: authnLink(origin, `factors/${id}/lifecycle/activate`, "activate"),
      prev: authnLink(origin, "previous"),
      cancel: authnLink(origin, "cancel"),
    },
  };
}

export function viewPoll({ request }: Visit, { person }: Transaction): View {
  const { origin } = request;
  return {
    _embedded: { user: viewUser(person), transaction: { profile: { refresh: person.user.poll?.refreshMs ?? 0 } } },
    _links: { next: authnLink(origin, "poll", "poll"), cancel: authnLink(origin, "cancel") },
  };
}

export function viewUnauthenticated({ request }: Visit): View {
  const { origin } = request;
  return {
    _embedded: {},
    _links: { next: link(`${origin}/api/v1/authn`, ["POST"], "authenticate"), cancel: authnLink(origin, "cancel") },
  };
}

/** A state that only a browser goes on from: what it links to is not served here. */
export function viewOther({ request }: Visit, { person, status }: Transaction): View {
  const { origin } = request;
  const user = viewUser(person);
  const cancel = authnLink(origin, "cancel");
  switch (status) {
    case "RECOVERY": {
      const answer = authnLink(origin, "recovery/answer", "answer");
      return {
        ...{ recoveryType: "PASSWORD", _links: { next: answer, cancel } },
        _embedded: { user: { ...user, recovery_question: { question: "Who was your first teacher?" } } },
      };
    }
    case "RECOVERY_CHALLENGE": {
      const [next, resend] = [
        authnLink(origin, "recovery/factors/SMS/verify", "verify"),
        authnLink(origin, "recovery/factors/SMS/resend", "sms"),
      ];
      return { factorType: "SMS", recoveryType: "PASSWORD", _embedded: {}, _links: { next, resend, cancel } };
    }
    case "PASSWORD_RESET":
      return { _embedded: { user }, _links: { next: authnLink(origin, "credentials/reset_password", "resetPassword"), cancel } };
    case "CONSENT_REQUIRED":
      return { _embedded: { user, scopes: [{ name: "openid" }] }, _links: { next: authnLink(origin, "consent", "consent"), cancel } };
    default:
      return { _embedded: { user }, _links: { next: authnLink(origin, "onward", "onward"), cancel } };
  }
}
