import { credentialFiles, formatCredentials, type KeptCredentials, readCredentials } from "../cache/credentials.ts";
import { remember } from "../cache/remember.ts";
import type { Options } from "../options/options.ts";
import type { World } from "../world.ts";
import { keepFile } from "./stations/keep-file.ts";
import { wantedCredentials } from "./wanted-credentials.ts";

/** Wraps the whole line: what is kept and fresh is the answer, and what is fetched is kept, for us and for the original. */
export function keepCredentials(
  world: World,
  fetch: (options: Options) => Promise<KeptCredentials>,
): (options: Options) => Promise<KeptCredentials> {
  const { home } = world;
  if (home === undefined) return fetch;
  return remember(fetch, {
    read: (options) => (options.useAwsCache ? readCredentials(home, wantedCredentials(options), world.now()) : undefined),
    write: async (result, options) => {
      const files = credentialFiles(home, wantedCredentials(options));
      const content = formatCredentials(result);
      await keepFile(world, files.own, content);
      await keepFile(world, files.shared, content);
    },
  });
}
