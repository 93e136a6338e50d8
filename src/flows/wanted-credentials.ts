import type { WantedCredentials } from "../cache/credentials.ts";
import type { Options } from "../options/options.ts";
import { partitionOfRegion } from "../partitions.ts";

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
    partition: options.region === undefined ? null : (partitionOfRegion(options.region)?.name ?? null),
    durationSeconds: options.durationSeconds,
    encrypted: options.cacheEncryption !== undefined,
  };
}
