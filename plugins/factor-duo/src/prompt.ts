import type { Fields } from "./browser.ts";
import { clean } from "./clean.ts";
import { GiveUp } from "./give-up.ts";
import type { Method } from "./methods.ts";

/** What Duo asks, whichever of its pages asked it. */
export interface Prompt {
  /** Of the whole sign-in at Duo. */
  readonly sid: string;
  /** Duo takes no request without it. */
  readonly xsrf: string;
  /** Where a method is started. */
  readonly url: URL;
  /** What goes along when one is. */
  readonly fields: Fields;
  /** The preferred one first. */
  readonly methods: readonly Method[];
}

/** More than anybody has; a page that lists thousands is not Duo's. */
export const mostDevices = 20;

/** @returns a device's name with its number cut short: `iPhone (…1234)` for `iPhone (XXX-XXX-1234)` */
export function labelOf(text: string | undefined, device: string): string {
  const label = clean(text ?? "").replaceAll(/X[X-]+(?=\d)/g, "…");
  return label === "" ? clean(device) : label;
}

export function unknownPage(): GiveUp {
  return new GiveUp("Duo shows a page that is not known here", "sign in to Okta in a browser, which shows what Duo wants");
}
