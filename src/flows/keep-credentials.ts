import { credentialFiles, formatCredentials, type KeptCredentials, ownEntryFile, readCredentialsBy } from "../cache/credentials.ts";
import { remember } from "../cache/remember.ts";
import { removeKept } from "../cache/write.ts";
import type { Options } from "../options/options.ts";
import { inTurn } from "./in-turn.ts";
import type { Parts } from "./parts.ts";
import { closeFirst, keepFile, keepSecret } from "./stations/keep-file.ts";
import { wantedCredentials } from "./wanted-credentials.ts";

/**
 * Wraps the whole line: what is kept and fresh is the answer, and what is fetched is kept, for us and for the original. Of many that want the
 * same at once one fetches it.
 */
export function keepCredentials(
  parts: Pick<Parts, "world" | "terminal" | "keeping">,
  fetch: (options: Options) => Promise<KeptCredentials>,
): (options: Options) => Promise<KeptCredentials> {
  const { world, keeping } = parts;
  const { home } = world;
  if (home === undefined) return fetch;
  const read = (options: Options) =>
    options.useAwsCache ? readCredentialsBy(keeping.open, wantedCredentials(options), { home, now: world.now() }) : undefined;
  const kept = remember(fetch, {
    read,
    write: async (result, options) => {
      const wanted = wantedCredentials(options);
      const files = credentialFiles(home, wanted);
      const content = formatCredentials(result, wanted);
      await keepSecret(parts, files.own, content);
      // The original could not read it otherwise than plain, and would stumble over it.
      if (keeping.isPlain) await keepFile(world, files.shared, content);
      else await removeKept(files.shared);
    },
    alone: (work, options) => {
      const own = ownEntryFile(home, wantedCredentials(options));
      return inTurn(parts, { file: own, purpose: purposeOf(options), find: () => read(options) }, work);
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
