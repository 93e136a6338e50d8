/** What `password store` and `password forget` do. */
import type { Keychain } from "@aws-okta-processor/contract";
import { UsageError } from "../errors.ts";
import type { Loaded } from "../extensions/load.ts";
import type { Options } from "../options/options.ts";
import { deleteSecret, setSecret } from "./keychain.ts";
import type { Parts } from "./parts.ts";
import { readPassword } from "./read-password.ts";
import { askOrganization, askUser } from "./stations/open-session.ts";
import { passwordEntry } from "./stored-password.ts";

/**
 * Takes a password from standard input, if the options say so, or asks for it, and stores it in place of any that is there.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`, `KEYCHAIN_UNAVAILABLE`, `NO_PASSWORD`, `NO_TERMINAL`; CancelledError
 */
export async function storePassword(parts: Parts, options: Options): Promise<void> {
  const keychain = await keychainOf(parts, options);
  const who = await identify(parts, options);
  const given = { ...options, pass: undefined, passwordCommand: undefined };
  const password = await readPassword(parts, given, { user: who.user, org: who.org.name });
  await setSecret(parts, keychain, { ...passwordEntry(who), secret: password.reveal() });
  parts.terminal.tell(`the password of ${who.user} at ${who.org.name} is stored in the keychain of ${keychain.packageName}`);
}

/** @throws UsageError `EXTENSION_UNKNOWN`, `KEYCHAIN_UNAVAILABLE`, `NO_STORED_PASSWORD`, `NO_TERMINAL`; CancelledError */
export async function forgetPassword(parts: Parts, options: Options): Promise<void> {
  const keychain = await keychainOf(parts, options);
  const who = await identify(parts, options);
  const removed = await deleteSecret(parts, keychain, passwordEntry(who));
  if (!removed) {
    throw new UsageError(`no password of ${who.user} at ${who.org.name} is stored in the keychain of ${keychain.packageName}`, {
      code: "NO_STORED_PASSWORD",
      hint: "give --user and --organization as they were when it was stored",
    });
  }
  parts.terminal.tell(`the password of ${who.user} at ${who.org.name} is forgotten`);
}

async function keychainOf({ keychain, extensions }: Parts, options: Options): Promise<Loaded<Keychain>> {
  return (await keychain()) ?? extensions.keychain(options.keychain, options.from("keychain"));
}

async function identify({ terminal }: Parts, options: Options) {
  const org = options.organization ?? (await askOrganization(terminal));
  const user = options.user ?? (await askUser(terminal));
  return { org, user };
}
