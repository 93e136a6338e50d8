import type { AppPolicy, Hostility, LockedReply, PasswordState, Poll, States, StepUpForm } from "../scenario.ts";
import { count, flag, matching, type Parser, record, text, variant, word } from "./parsers.ts";

const rules = {
  minLength: count,
  minLowerCase: count,
  minUpperCase: count,
  minNumber: count,
  minSymbol: count,
  excludeUsername: flag,
  refusals: word("current", "older", "complexity"),
};

const passwordState: Parser<PasswordState> = variant<PasswordState>("kind", {
  warn: record({ kind: word("warn"), days: count }, rules),
  expired: record({ kind: word("expired") }, rules),
  "expired-elsewhere": record({ kind: word("expired-elsewhere"), url: text }, { title: text }),
  "expired-error": record({ kind: word("expired-error") }),
});

const poll: Parser<Poll> = record({ times: count, refreshMs: count });

const state = record({ status: matching(/^[A-Z_]+$/u, "capitals and _") }, { after: word("password", "factor") });

/** The fields of a user that say which states a sign-in passes. */
export const states = { passwordState, enrol: word("optional", "required"), poll, state } satisfies {
  readonly [Name in keyof States]-?: Parser<NonNullable<States[Name]>>;
};

export const lockedReply: Parser<LockedReply> = word("E0000069", "E0000119", "LOCKED_OUT");

export const appPolicy: Parser<AppPolicy> = word("step-up", "password", "identity-engine", "custom-sign-in");

export const stepUpForm: Parser<StepUpForm> = record(
  {},
  { token: word("script", "script-unicode", "json", "redirect"), onward: word("next", "original", "session-token"), unauthenticated: flag },
);

export const hostility: Parser<Hostility> = word(
  "off-org-links",
  "factor-for-factors",
  "factors-missing",
  "no-profile",
  "no-vendor",
  "unknown-factors",
  "resend-as-object",
  "policy-info-null",
  "error-cause-misspelt",
);
