import type { Keychain, KeychainEntry } from "@aws-okta-processor/contract";
import { AsyncEntry } from "@napi-rs/keyring";

/**
 * macOS's keychain, Windows's Credential Manager, and on Linux whatever speaks Secret Service: GNOME Keyring, KWallet, KeePassXC. The
 * kernel's keyring, which the library takes where there is none of these, forgets everything when the person logs out, and is not used.
 */
export const keychain: Keychain = {
  get: async (entry) => (await open(entry).getPassword()) ?? undefined,
  set: async (entry, secret) => open(entry).setPassword(secret),
  delete: async (entry) => open(entry).deleteCredential(),
};

const open = ({ service, account }: KeychainEntry): AsyncEntry => new AsyncEntry(service, account, { linux: { store: "secret-service" } });
