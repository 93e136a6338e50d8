import type { WantedCredentials } from "../../src/cache/credentials.ts";

/** The moment at which the files of these tests are looked at. */
export const NOW = new Date("2030-01-01T00:00:00Z");

/** Credentials that are wanted by these things and no others. */
export function wantedBy(given: Partial<WantedCredentials>): WantedCredentials {
  return {
    organization: null,
    user: null,
    key: null,
    application: null,
    role: null,
    secondaryRole: null,
    accountAlias: null,
    partition: null,
    durationSeconds: 3600,
    encrypted: false,
    ...given,
  };
}
