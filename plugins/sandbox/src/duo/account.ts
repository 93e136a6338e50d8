import { count, flag, list, matching, type Parser, record, text, textOr, word } from "../scenarios/parsers.ts";

/** What Duo knows of a person, and how its pages behave towards them. */
export interface DuoAccount {
  /** In Duo's order; the first is the preferred one. One without a push and a call is a token. */
  readonly devices: readonly DuoDevice[];
  /** Each is accepted once. */
  readonly passcodes?: readonly string[];
  /** How many wrong passcodes lock the account; 10 when absent. */
  readonly lockAfter?: number;
  /** The page holds the prompt as a form, or a script draws it from JSON; `form` when absent. */
  readonly prompt?: "form" | "script";
  /** Whether Duo looks at the computer before it asks. */
  readonly healthCheck?: boolean;
  readonly odd?: DuoOddity;
}

export interface DuoDevice {
  readonly name: string;
  /** The last four digits. */
  readonly number?: string;
  /** The answers to the polls, in their order; the last one repeats. */
  readonly push?: readonly DuoStep[];
  readonly call?: readonly DuoStep[];
}

/** `code` is a push that wants it typed on the phone. */
export type DuoStep = "pushed" | "calling" | "answered" | "allow" | "deny" | "fraud" | "timeout" | "locked_out" | { readonly code: string };

/**
 * What Duo does in place of its prompt: lets the person through, leads to another host or in circles, shows a page without a form, one that
 * wants a trusted device, its newest prompt. What begins with `exit` it does after the approval.
 */
export type DuoOddity = "bypass" | "off-host" | "loop" | "no-form" | "trusted-device" | "newest-prompt" | "exit-off-host" | "exit-page";

const step: Parser<DuoStep> = textOr(
  word("pushed", "calling", "answered", "allow", "deny", "fraud", "timeout", "locked_out"),
  record({ code: text }),
);

const device: Parser<DuoDevice> = record(
  { name: text },
  { number: matching(/^\d{4}$/u, "four digits"), push: list(step, 1), call: list(step, 1) },
);

export const duoAccount: Parser<DuoAccount> = record(
  { devices: list(device) },
  {
    passcodes: list(text),
    lockAfter: count,
    prompt: word("form", "script"),
    healthCheck: flag,
    odd: word("bypass", "off-host", "loop", "no-form", "trusted-device", "newest-prompt", "exit-off-host", "exit-page"),
  },
);
