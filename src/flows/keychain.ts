import type { Keychain, KeychainEntry } from "@aws-okta-processor/contract";
import { CancelledError, UsageError } from "../errors.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import type { Options } from "../options/options.ts";
import type { Parts } from "./parts.ts";

/**
 * The keychain for passwords, loaded when it is first asked for.
 *
 * @returns undefined where nobody named one and that of the default is not installed; otherwise it throws UsageError `EXTENSION_UNKNOWN`
 */
export function createKeychain(extensions: Extensions, options: Options): Parts["keychain"] {
  let loaded: Promise<Loaded<Keychain>> | undefined;
  return async () => {
    if (!options.keychainGiven && !extensions.keychains().includes(options.keychain)) return undefined;
    loaded ??= extensions.keychain(options.keychain, options.from("keychain"));
    return loaded;
  };
}

/** Whoever waits no longer than this has nothing to be told. */
const TELL_AFTER_MS = 1_000;

type Outside = Pick<Parts, "world" | "terminal">;

/**
 * What a keychain has, undefined for nothing.
 *
 * @throws CancelledError, and UsageError `KEYCHAIN_UNAVAILABLE` with the plugin's reason
 */
export async function getSecret(outside: Outside, keychain: Loaded<Keychain>, entry: KeychainEntry): Promise<string | undefined> {
  const found: unknown = await ask(outside, { keychain, work: () => keychain.value.get(entry) });
  if (found === undefined || typeof found === "string") return found;
  throw unavailable(keychain, `it gave ${typeof found} in place of text`);
}

/**
 * Stores a secret, and looks whether it is there.
 *
 * @throws as `getSecret`
 */
export async function setSecret(
  outside: Outside,
  keychain: Loaded<Keychain>,
  { secret, ...entry }: KeychainEntry & { readonly secret: string },
): Promise<void> {
  await ask(outside, { keychain, work: () => keychain.value.set(entry, secret), secret });
  if ((await getSecret(outside, keychain, entry)) !== secret) throw unavailable(keychain, "it did not keep what it was given");
}

/** @throws as `getSecret` */
export async function deleteSecret(outside: Outside, keychain: Loaded<Keychain>, entry: KeychainEntry): Promise<boolean> {
  return (await ask(outside, { keychain, work: () => keychain.value.delete(entry) })) === true;
}

interface Asking<T> {
  readonly keychain: Loaded<Keychain>;
  readonly work: () => Promise<T>;
  /** Of which no word is told. */
  readonly secret?: string;
}

async function ask<T>({ world, terminal }: Outside, { keychain, work, secret = "" }: Asking<T>): Promise<T> {
  const done = new AbortController();
  void world
    .doze(TELL_AFTER_MS, AbortSignal.any([done.signal, world.signal]))
    .then(() => terminal.progress(`waiting for the keychain of ${keychain.packageName}`))
    .catch(() => undefined);
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledError || world.signal.aborted) throw new CancelledError();
    throw unavailable(keychain, wordsOf(error, secret));
  } finally {
    done.abort();
    terminal.progress(undefined);
  }
}

function unavailable({ packageName }: Loaded<Keychain>, reason: string): UsageError {
  return new UsageError(`the keychain of ${packageName} cannot be used: ${reason}`, {
    code: "KEYCHAIN_UNAVAILABLE",
    hint: "see that it runs and is unlocked",
  });
}

const MOST_WORDS = 300;

/** What a stranger throws may be anything, and do anything when it is looked at. */
function wordsOf(error: unknown, secret: string): string {
  try {
    const words: unknown = error instanceof Error ? error.message : String(error);
    const [line = ""] = typeof words === "string" ? words.trim().split(/[\r\n]/, 1) : [];
    const shown = secret === "" ? line : line.replaceAll(secret, "[secret]");
    return shown === "" ? "it does not say why" : shown.slice(0, MOST_WORDS);
  } catch {
    return "it does not say why";
  }
}
