import type { WantedCredentials } from "../cache/credentials.ts";
import type { Options } from "../options/options.ts";
import { PARTITIONS } from "../partitions.ts";

/** What names and judges kept credentials: the options as given, before anything is asked. */
export function wantedCredentials(options: Options): WantedCredentials {
  return {
    organization: options.organization?.name ?? null,
    user: options.user ?? null,
    key: options.key ?? null,
    application: options.application?.href ?? null,
    role: options.role ?? null,
    secondaryRole: options.secondaryRole ?? null,
    accountAlias: options.accountAlias ?? null,
    partition: PARTITIONS.find(({ region }) => options.region !== undefined && region.test(options.region))?.name ?? null,
    durationSeconds: options.durationSeconds,
  };
}
