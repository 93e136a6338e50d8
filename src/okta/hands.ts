import type { Factor, FactorHost } from "@aws-okta-processor/contract";
import type { SignInCredentials } from "./authn.ts";
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

export interface SignInHands {
  readonly credentials: () => Promise<SignInCredentials>;
  readonly chooseFactor: (offered: readonly OfferedFactor[]) => Promise<ChosenFactor>;
  readonly sleep: (ms: number) => Promise<void>;
  /** The same org through a door that still opens when the person has cancelled. */
  readonly afterwards: Org;
}
