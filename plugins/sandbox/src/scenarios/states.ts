import type { Scenario, User } from "../scenario.ts";
import { jdoe, oktaTotp, push, withFactors } from "./parts.ts";
import { standard } from "./standard.ts";

/** Scenarios of the states that a sign-in may have to pass. */
export const stateScenarios = {
  "locked-out": { ...played("An account that is locked, and says so.", { locked: true }), lockout: { shown: true } },
  "locked-out-hidden": played("An account that is locked, and looks like a wrong password.", { locked: true }),
  "locked-out-by-code": {
    ...standard,
    title: "An account that the second wrong code locks.",
    users: [withFactors(oktaTotp)],
    lockout: { wrongCodes: 2 },
  },
  "locked-out-by-push": {
    ...standard,
    title: "An account that is locked while its push waits, and says so as a state.",
    users: [withFactors({ ...push, script: ["WAITING", "LOCKED_OUT"] })],
    lockout: { reply: "LOCKED_OUT" },
  },
  "password-warn": played("A password that expires in four days.", { passwordState: { kind: "warn", days: 4 } }),
  "password-expired": played("A password that has expired; the new one needs a capital and a number.", {
    passwordState: { kind: "expired", minLength: 10, minUpperCase: 1, minNumber: 1, excludeUsername: true },
  }),
  "password-expired-older": played("A password that has expired at an org that refuses the way older ones do.", {
    passwordState: { kind: "expired", refusals: "older" },
  }),
  "password-expired-elsewhere": played("A password that has expired and is another system's.", {
    passwordState: { kind: "expired-elsewhere", url: "https://passwords.example.com/change", title: "Corporate directory" },
  }),
  "password-expired-error": played("A password that has expired, told by an error.", { passwordState: { kind: "expired-error" } }),
  "enrol-optional": played("A factor to enrol, which can be put off.", { enrol: "optional" }),
  "enrol-required": played("A factor to enrol before anything else.", { factors: [], enrol: "required" }),
  "enrol-activate": state("MFA_ENROLL_ACTIVATE", "An enrolment that was begun and not finished."),
  poll: played("An org that waits for something of its own, for two polls.", { poll: { times: 2, refreshMs: 200 } }),
  unauthenticated: state("UNAUTHENTICATED", "An org that asks for the password once more."),
  recovery: state("RECOVERY", "A recovery that waits for an answer."),
  "recovery-challenge": state("RECOVERY_CHALLENGE", "A recovery that waits for a code."),
  "password-reset": state("PASSWORD_RESET", "A recovery that waits for a new password."),
  "consent-required": state("CONSENT_REQUIRED", "Consent that only a browser can give."),
  "profile-required": state("PROFILE_REQUIRED", "A profile that only a browser can complete."),
  "unknown-state": state("PALM_READING_REQUIRED", "A state that nobody has heard of."),
  "factor-states": { ...standard, title: "States of a factor that are called FACTOR in place of MFA.", stateNames: "FACTOR" },
} satisfies Readonly<Record<string, Scenario>>;

function played(title: string, user: Partial<User>): Scenario {
  return { ...standard, title, users: [{ ...jdoe, ...user }] };
}

function state(status: string, title: string): Scenario {
  return played(title, { state: { status } });
}
