/** The states that a sign-in may have to pass, besides its factor. */
export interface States {
  readonly passwordState?: PasswordState;
  /** Whether Okta asks for a further factor, and whether that can be put off. */
  readonly enrol?: "optional" | "required";
  /** The org waits for something of its own, right after the password. */
  readonly poll?: Poll;
  /** Any state there is, or none that is known. */
  readonly state?: PlayedState;
}

export type PasswordState =
  | ({ readonly kind: "warn"; readonly days: number } & PasswordRules)
  | ({ readonly kind: "expired" } & PasswordRules)
  /** It is not Okta's to change. */
  | { readonly kind: "expired-elsewhere"; readonly url: string; readonly title?: string }
  /** The sign-in itself is refused: 401 E0000064. */
  | { readonly kind: "expired-error" };

export interface PasswordRules {
  /** 8 when absent; the other numbers are then 0. */
  readonly minLength?: number;
  readonly minLowerCase?: number;
  readonly minUpperCase?: number;
  readonly minNumber?: number;
  readonly minSymbol?: number;
  readonly excludeUsername?: boolean;
  /** How a bad password is refused: 403 E0000014, 400 E0000014 or 403 E0000080; `current` when absent. */
  readonly refusals?: "current" | "older" | "complexity";
}

export interface Poll {
  /** How many polls say that the org still waits. */
  readonly times: number;
  /** How long to wait before each; who comes earlier is refused. */
  readonly refreshMs: number;
}

export interface PlayedState {
  /** `RECOVERY`, `CONSENT_REQUIRED`, `SOMETHING_NEW`. */
  readonly status: string;
  /** What it comes after; `password` when absent. */
  readonly after?: "password" | "factor";
}

/** How a locked account is refused where a factor is verified; `E0000069` when absent. */
export type LockedReply = "E0000069" | "E0000119" | "LOCKED_OUT";

/**
 * What an app asks for beyond the session, once in a session: a factor, the password, what only Identity Engine can check, or a factor on a
 * sign-in page of the customer's own, at another host.
 */
export type AppPolicy = "step-up" | "password" | "identity-engine" | "custom-sign-in";

/** How a step-up looks. */
export interface StepUpForm {
  /** Where its state token is; `script` when absent. */
  readonly token?: "script" | "script-unicode" | "json" | "redirect";
  /** What its success links to: `next`, when absent, or `original`, or a session token beside another link. */
  readonly onward?: "next" | "original" | "session-token";
  /** Whether user name and password come first. */
  readonly unauthenticated?: boolean;
}

/** Lets a device that proved itself skip the factor later. */
export interface RememberDevice {
  /** 0 is for as long as its cookie is there. */
  readonly minutes: number;
}

/** How an org may speak so that a client has to be careful. */
export type Hostility =
  /** Each link leads to another host. */
  | "off-org-links"
  /** The list of factors is called `factor`. */
  | "factor-for-factors"
  | "factors-missing"
  | "no-profile"
  | "no-vendor"
  /** Strange things stand before the factors. */
  | "unknown-factors"
  | "resend-as-object"
  | "policy-info-null"
  | "error-cause-misspelt";
