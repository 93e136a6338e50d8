/**
 * How the caches are kept: as they are, or under a key that a keychain has. Where it cannot be used, what was chosen for that is done and
 * told once; without a choice nothing is kept, for that is what nobody reads.
 */
import type { Keychain } from "@aws-okta-processor/contract";
import { KEPT_PLAIN, type Keeping, NOTHING_KEPT } from "../cache/keeping.ts";
import { keyFile } from "../cache/paths.ts";
import { removePlain } from "../cache/remove-plain.ts";
import { AppError, CancelledError, unreachable } from "../errors.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import { withLock } from "../files/lock.ts";
import type { Options } from "../options/options.ts";
import { cleanText } from "../terminal/clean.ts";
import { getSecret, setSecret } from "./keychain.ts";
import type { Parts } from "./parts.ts";

/** One key for a person and a machine, whatever organizations and users there are. */
const KEY = { service: "aws-okta-processor", account: "key of the caches" };

type Outside = Pick<Parts, "world" | "terminal">;

/** @throws CancelledError, and where that was chosen what keeps the keychain from being used: UsageError `EXTENSION_UNKNOWN`, `KEYCHAIN_UNAVAILABLE` */
export async function openKeeping(outside: Outside, extensions: Extensions, options: Options): Promise<Keeping> {
  const { home } = outside.world;
  if (options.cacheEncryption === undefined || home === undefined) return KEPT_PLAIN;
  try {
    const keychain = await extensions.keychain(options.cacheEncryption, options.from("cache-encryption"));
    return onceRemovingPlain(await keepUnderKey(outside, keychain, home), outside, home);
  } catch (error) {
    if (error instanceof CancelledError || !(error instanceof AppError)) throw error;
    return onceRemovingPlain(fallBack(outside, options.cacheFallback, error), outside, home);
  }
}

/** Of many that find no key at one time, one makes it: under another's key nothing could be read. */
async function keepUnderKey(outside: Outside, keychain: Loaded<Keychain>, home: string): Promise<Keeping> {
  // It loads node:crypto, which takes milliseconds that nobody else shall wait.
  const { createKey, sealedBy } = await import("../cache/seal.ts");
  const find = async () => sealedBy((await getSecret(outside, keychain, KEY)) ?? "");
  const make = async () => {
    const there = await find();
    if (there !== undefined) return there;
    const secret = createKey();
    await setSecret(outside, keychain, { ...KEY, secret });
    return sealedBy(secret) ?? NOTHING_KEPT;
  };
  return (await find()) ?? withLock(keyFile(home), outside.world, make);
}

function fallBack({ world }: Outside, choice: Options["cacheFallback"], error: AppError): Keeping {
  const warn = (what: string) => world.writeDiagnosis(`warning: ${what}: ${cleanText(error.message)}\n`);
  switch (choice) {
    case "nothing":
      warn("nothing is kept");
      return NOTHING_KEPT;
    case "plain":
      warn("what is kept is not encrypted");
      return KEPT_PLAIN;
    case "fail":
      throw error;
    default:
      return unreachable(choice);
  }
}

/** What was kept before as it is goes when something is kept otherwise: a look at every file is no matter of each run. */
function onceRemovingPlain(keeping: Keeping, { world }: Outside, home: string): Keeping {
  if (keeping.isPlain) return keeping;
  let isDone = false;
  const sweep = () => {
    if (isDone) return;
    isDone = true;
    const removed = removePlain(home);
    const files = removed === 1 ? "1 file" : `${removed} files`;
    if (removed > 0) world.writeDiagnosis(`warning: ${files} of the caches, not encrypted, ${removed === 1 ? "was" : "were"} removed\n`);
  };
  return {
    ...keeping,
    close: (text, file) => {
      sweep();
      return keeping.close(text, file);
    },
  };
}
