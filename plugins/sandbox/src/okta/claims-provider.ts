import type { Reply } from "../http/message.ts";
import type { ClaimsProviderFactor } from "../scenario.ts";
import type { Attempt } from "./attempt.ts";
import { refuse } from "./errors.ts";
import type { Route } from "./route.ts";

/** The way to the identity provider and back. */
export const claimsProviderRoutes: readonly Route[] = [];

export function challengeClaimsProvider(_attempt: Attempt, _factor: ClaimsProviderFactor): Reply {
  return refuse("E0000006");
}
