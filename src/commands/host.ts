import type { Config } from "@oclif/core/interfaces";
import { dataFolder } from "../data-folder.ts";
import { BugError } from "../errors.ts";
import { discoverPackages } from "../extensions/discovery.ts";
import { createExtensions } from "../extensions/load.ts";
import { createRegistry, type Registry } from "../extensions/registry.ts";
import { createBeside } from "../flows/beside.ts";
import { createLine } from "../flows/create-line.ts";
import { createIntroduce } from "../flows/introduce.ts";
import { createKeychain } from "../flows/keychain.ts";
import type { Line } from "../flows/line.ts";
import { openKeeping } from "../flows/open-keeping.ts";
import type { Parts } from "../flows/parts.ts";
import { tidyCaches } from "../flows/tidy-caches.ts";
import { watchClock } from "../http/far-clock.ts";
import { createNetwork } from "../http/network.ts";
import { createSend } from "../http/send.ts";
import type { Options } from "../options/options.ts";
import { resolvePluginsAllow } from "../options/resolve.ts";
import { cleanText } from "../terminal/clean.ts";
import { openTerminal } from "../terminal/terminal.ts";
import type { World } from "../world.ts";

/** The world that main gave to oclif among its own options, so that no command reaches for the process. */
export function worldOf(config: Config): World {
  const { world } = (config as Config & { readonly options: { readonly world?: World } }).options;
  if (world !== undefined) return world;
  throw new BugError("a command was started without a world", { code: "BUG" });
}

/** For what must still be sent after Ctrl-C. */
const NEVER = new AbortController().signal;

export interface Host extends Parts {
  readonly line: Line;
}

/** Lends a command what it runs with, and gives the terminal back whatever happens. */
export async function withHost<T>(config: Config, options: Options, run: (host: Host) => Promise<T>): Promise<T> {
  const world = worldOf(config);
  const userAgent = `${config.name}/${config.version}`;
  const timeoutMs = options.timeoutSeconds * 1000;
  const terminal = openTerminal(world, options.silent);
  const beside = createBeside();
  const network = createNetwork(world, options.caBundle);
  const outside = { ...world, exchange: network.exchange };
  try {
    const registry = createRegistry(discoverPackages({ program: config, folder: dataFolder(world), allowed: options.pluginsAllow }));
    const introduce = createIntroduce({ world, terminal });
    const extensions = createExtensions(registry, { ...world, notify: terminal.tell, introduce });
    const keeping = await openKeeping({ world, terminal }, extensions, options);
    const parts: Parts = {
      world,
      terminal,
      extensions,
      send: watchClock(createSend(outside, { userAgent, timeoutMs, signal: world.signal }), { now: world.now, warn: warnWith(world) }),
      sendAfterwards: createSend(outside, { userAgent, timeoutMs, signal: NEVER }),
      beside,
      keeping,
      keychain: createKeychain(extensions, options),
    };
    tidyCaches(world, beside);
    const line = createLine(parts);
    const openSession: Line["openSession"] = async (given) => {
      await network.check(given.organization?.origin);
      return line.openSession(given);
    };
    return await run({ ...parts, line: { ...line, openSession } });
  } finally {
    await beside.end();
    terminal.close();
  }
}

function warnWith({ writeDiagnosis }: World): (sentence: string) => void {
  return (sentence) => writeDiagnosis(`warning: ${cleanText(sentence)}\n`);
}

/** What is installed, for help and completion, which say what they can whatever a dotfile says. */
export function knownRegistry(config: Config, world: Pick<World, "env" | "cwd" | "home" | "platform">): Registry {
  const forgiving = () => {
    try {
      return resolvePluginsAllow(world);
    } catch {
      return undefined;
    }
  };
  return createRegistry(discoverPackages({ program: config, folder: dataFolder(world), allowed: forgiving() }));
}
