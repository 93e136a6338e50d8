import type { Keychain } from "@aws-okta-processor/contract";
import type { Keeping } from "../cache/keeping.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import type { Send } from "../http/send.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { World } from "../world.ts";
import type { Beside } from "./beside.ts";

/** What the stations are made of. */
export interface Parts {
  readonly world: World;
  readonly terminal: Terminal;
  readonly extensions: Extensions;
  readonly send: Send;
  /** The same door for what must still be sent after Ctrl-C. */
  readonly sendAfterwards: Send;
  readonly beside: Beside;
  /** How secrets stand in the caches. */
  readonly keeping: Keeping;
  /** Where a password may be stored: loaded when it is asked for, undefined where there is none. */
  readonly keychain: () => Promise<Loaded<Keychain> | undefined>;
}
