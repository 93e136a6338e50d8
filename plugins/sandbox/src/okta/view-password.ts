import type { PasswordRules, PasswordState } from "../scenario.ts";
import { authnLink, link, type View } from "./link.ts";
import type { Person } from "./memory.ts";
import { viewUser } from "./view-user.ts";

/** A password that is to be changed, soon or now. */
export function viewPassword(person: Person, origin: string): View {
  const state = person.passwordState;
  return {
    _embedded: { user: viewUser(person), policy: viewPasswordPolicy(state) },
    _links: {
      next: viewChange(state, origin),
      ...(state?.kind === "warn" ? { skip: authnLink(origin, "skip", "skip") } : {}),
      cancel: authnLink(origin, "cancel"),
    },
  };
}

/** What a new password needs, in the numbers that hold where a scenario leaves them out. */
export function completeRules(rules: PasswordRules): Required<PasswordRules> {
  const { minLength = 8, minLowerCase = 0, minUpperCase = 0, minNumber = 0, minSymbol = 0, excludeUsername = false } = rules;
  return { minLength, minLowerCase, minUpperCase, minNumber, minSymbol, excludeUsername, refusals: rules.refusals ?? "current" };
}

function viewPasswordPolicy(state: PasswordState | undefined): View {
  if (state?.kind !== "warn" && state?.kind !== "expired") return {};
  const { refusals: _, ...complexity } = completeRules(state);
  return { ...(state.kind === "warn" ? { expiration: { passwordExpireDays: state.days } } : {}), complexity };
}

/** A password that is not Okta's is changed by a browser, elsewhere. */
function viewChange(state: PasswordState | undefined, origin: string): View {
  if (state?.kind !== "expired-elsewhere") return authnLink(origin, "credentials/change_password", "changePassword");
  return { ...link(state.url, ["GET"], "changePassword"), title: state.title ?? "Another place" };
}
