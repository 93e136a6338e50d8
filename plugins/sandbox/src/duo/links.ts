import { randomId } from "../okta/ids.ts";
import type { Org } from "../okta/memory.ts";
import type { DuoRequest, DuoSignIn } from "./duo.ts";

/** Where a sign-in begins, and begins again after a look at the computer. */
export function authPath({ sid, tx }: DuoSignIn): string {
  return `/frame/frameless/v4/auth?${new URLSearchParams({ sid, tx }).toString()}`;
}

/** The way back to the org, with a code that is good once. */
export function callbackUrl({ duo }: Org, { redirectUri, state }: DuoRequest): string {
  const code = randomId("", 40);
  duo.codes.set(code, state);
  return `${redirectUri}?${new URLSearchParams({ state, code }).toString()}`;
}
