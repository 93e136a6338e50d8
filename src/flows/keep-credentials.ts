import { credentialFiles, formatCredentials, type KeptCredentials, readCredentials } from "../cache/credentials.ts";
import { remember } from "../cache/remember.ts";
import type { Options } from "../options/options.ts";
import { inTurn } from "./in-turn.ts";
import type { Parts } from "./parts.ts";
import { closeFirst, keepFile } from "./stations/keep-file.ts";
import { wantedCredentials } from "./wanted-credentials.ts";

/**
 * Wraps the whole line: what is kept and fresh is the answer, and what is fetched is kept, for us and for the original. Of many that want the
 * same at once one fetches it.
 */
export function keepCredentials(
  { world, terminal }: Pick<Parts, "world" | "terminal">,
  fetch: (options: Options) => Promise<KeptCredentials>,
): (options: Options) => Promise<KeptCredentials> {
  const { home } = world;
  if (home === undefined) return fetch;
  const read = (options: Options) => (options.useAwsCache ? readCredentials(home, wantedCredentials(options), world.now()) : undefined);
  const kept = remember(fetch, {
    read,
    write: async (result, options) => {
      const files = credentialFiles(home, wantedCredentials(options));
      const content = formatCredentials(result);
      await keepFile(world, files.own, content);
      await keepFile(world, files.shared, content);
    },
    alone: (work, options) => {
      const { own } = credentialFiles(home, wantedCredentials(options));
      return inTurn({ world, terminal }, { file: own, purpose: purposeOf(options), find: () => read(options) }, work);
    },
  });
  return async (options) => {
    const { own, shared } = credentialFiles(home, wantedCredentials(options));
    await closeFirst(world, own, shared);
    return kept(options);
  };
}

function purposeOf({ user, organization }: Options): string {
  return user === undefined || organization === undefined ? "to get these credentials" : `to sign in ${user} at ${organization.name}`;
}
