import { AppError, CancelledError } from "../errors.ts";
import type { Org } from "../okta/org.ts";
import { Secret } from "../secret.ts";
import { deleteSecret, getSecret } from "./keychain.ts";
import type { Parts } from "./parts.ts";

/** Bound to whom it is for and to where it is sent. */
export function passwordEntry({ org, user }: { readonly org: Pick<Org, "origin">; readonly user: string }) {
  return { service: `aws-okta-processor ${org.origin}`, account: user };
}

/** A password in a keychain. */
export interface StoredPassword {
  /** Undefined where there is none, and once it is purged. A keychain that cannot be used is told, and has none. */
  readonly read: () => Promise<Secret | undefined>;
  /**
   * Removes it, if it was used, and tells so. It is not used again, even if it could not be removed.
   *
   * @param because what follows on "the stored password of jdoe at acme.okta.com"
   * @returns whether it was used
   */
  readonly purge: (because: string) => Promise<boolean>;
}

export function createStoredPassword(parts: Parts, who: { readonly org: Org; readonly user: string }): StoredPassword {
  const entry = passwordEntry(who);
  let state: "unused" | "used" | "purged" = "unused";
  const tell = (error: unknown) => {
    if (error instanceof CancelledError || !(error instanceof AppError)) throw error;
    parts.terminal.announce(error.message);
  };
  const read = async () => {
    const keychain = await parts.keychain();
    const password = keychain === undefined ? undefined : await getSecret(parts, keychain, entry).catch(tell);
    if (password === undefined || password === "") return undefined;
    state = "used";
    return new Secret(password);
  };
  return {
    read: async () => (state === "purged" ? undefined : read()),
    purge: async (because) => {
      if (state !== "used") return false;
      state = "purged";
      const keychain = await parts.keychain();
      const removed = keychain === undefined ? false : await deleteSecret(parts, keychain, entry).then(() => true, tell);
      const outcome = removed === true ? "it was removed" : "it could not be removed: aws-okta-processor password forget";
      parts.terminal.announce(`the stored password of ${who.user} at ${who.org.name} ${because}; ${outcome}`);
      return true;
    },
  };
}
