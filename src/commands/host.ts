import type { Config } from "@oclif/core/interfaces";
import { createExtensions, type Extensions } from "../extensions/load.ts";
import { BugError } from "../errors.ts";
import { discoverPackages } from "../extensions/discovery.ts";
import { createRegistry } from "../extensions/registry.ts";
import { createLine } from "../flows/create-line.ts";
import type { Line } from "../flows/line.ts";
import { createSend } from "../http/send.ts";
import type { Options } from "../options/options.ts";
import { openTerminal } from "../terminal/terminal.ts";
import type { World } from "../world.ts";

/** The world that main has hung on oclif's Config, so that no command reaches for the process. */
export function worldOf(config: Config): World {
  if ("world" in config) return config.world as World;
  throw new BugError("a command was started without a world", { code: "BUG" });
}

export interface Host {
  readonly line: Line;
  readonly extensions: Extensions;
}

/** Lends a command what it runs with, and gives the terminal back whatever happens. */
export async function withHost<T>(config: Config, options: Options, run: (host: Host) => Promise<T>): Promise<T> {
  const world = worldOf(config);
  const terminal = openTerminal(world, options.silent);
  try {
    const extensions = createExtensions(createRegistry(discoverPackages(config)), terminal.tell);
    const parts = { world, terminal, extensions, send: createSend(world, world.signal), sendAfterwards: createSend(world, new AbortController().signal) };
    return await run({ extensions, line: createLine(parts) });
  } finally {
    terminal.close();
  }
}
