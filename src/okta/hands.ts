import type { Factor, FactorHost } from "@aws-okta-processor/contract";
import type { Secret } from "../secret.ts";
import type { NewPassword, SignInCredentials } from "./authn.ts";
import type { Org } from "./org.ts";
import type { OfferedFactor } from "./transaction.ts";

/** A factor that was chosen, and what answers it. */
export interface ChosenFactor {
  readonly offered: OfferedFactor;
  readonly factor: Factor;
  readonly host: FactorHost;
  /** The package that it comes from, named when it misbehaves. */
  readonly packageName: string;
}

/** What a sign-in asks of the person and of the world. */
export interface SignInHands {
  /** @param refused whether Okta has refused what it was given before: then the person is asked, whatever else could answer */
  readonly credentials: (refused: boolean) => Promise<SignInCredentials>;
  /** @param again true after a factor that was chosen sent back: the person chooses anew, whatever was asked for */
  readonly chooseFactor: (offered: readonly OfferedFactor[], again: boolean) => Promise<ChosenFactor>;
  /**
   * @param known the password that Okta took a moment ago
   * @returns undefined where the person would rather not
   */
  readonly newPassword: (rules: string | undefined, known: Secret | undefined) => Promise<NewPassword | undefined>;
  /** Whether this device shall not be asked for a factor again. */
  readonly rememberDevice: boolean;
  /** Hears whether the org's policy lets a device be remembered. */
  readonly sawPolicy: (mayRemember: boolean) => void;
  readonly tell: (line: string) => void;
  /** As tell, in silence too: for what one cannot go on without. */
  readonly announce: (line: string) => void;
  /** What asks the person waits for its turn: applications are opened side by side. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => Date;
  /** The same org through a door that still opens when the person has cancelled. */
  readonly afterwards: Org;
}

/** A sign-in under way. */
export interface Signing {
  readonly hands: SignInHands;
  /** What Okta was told. */
  readonly credentials: SignInCredentials | undefined;
}
