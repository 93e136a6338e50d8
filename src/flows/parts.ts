import type { Extensions } from "../extensions/load.ts";
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
}
