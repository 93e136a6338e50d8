import type { Enrolled, Person } from "./memory.ts";

/** The types of which a person has several, so that any of them may answer. @see https://developer.okta.com/docs/reference/api/authn/#verify-factor */
export function findSharedTypes({ factors }: Person): ReadonlyMap<string, readonly Enrolled[]> {
  const types = ["webauthn", "token:software:totp"].map((type) => [type, factors.filter(({ factor }) => isOfType(factor, type))] as const);
  return new Map(types.filter(([, alike]) => alike.length > 1));
}

/** A code of Google's is not one of Okta Verify. */
function isOfType({ factorType, provider }: Enrolled["factor"], type: string): boolean {
  return factorType === type && provider !== "GOOGLE";
}
