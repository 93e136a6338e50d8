import type { World } from "../world.ts";
import { dotfileLayer, environmentLayer, type FlagValues, type Found, findOptions, flagLayer } from "./layers.ts";
import type { CommandName } from "./option-row.ts";
import { type Options, type PluginsAllow, parseOptions, parsePluginsAllow } from "./options.ts";
import { readDotfiles } from "./read-dotfiles.ts";
import { refuseForbidden } from "./refuse-forbidden.ts";
import type { OptionName } from "./table.ts";

export type Outside = Pick<World, "env" | "cwd" | "home" | "platform">;

/**
 * Flags over environment over dotfiles over defaults.
 *
 * @throws UsageError `OPTION_INVALID`, `OPTION_FORBIDDEN`, `DOTFILE_INVALID` or `DOTFILE_UNREADABLE`
 */
export function resolveOptions(command: CommandName, flags: FlagValues, outside: Outside): Options {
  return parseOptions(gatherOptions(command, flags, outside));
}

/** The same before the values are read. */
export function gatherOptions(command: CommandName, flags: FlagValues, outside: Outside): ReadonlyMap<OptionName, Found> {
  const dotfiles = readDotfiles(outside);
  const layers = [flagLayer(flags), environmentLayer(command, outside.env)];
  return findOptions(command, dotfiles.length === 0 ? layers : [...layers, dotfileLayer(command, dotfiles)], outside.platform);
}

/**
 * The packages that may be plugins, for the commands that have no other options.
 *
 * @throws UsageError `OPTION_INVALID`, `OPTION_FORBIDDEN`, `DOTFILE_INVALID` or `DOTFILE_UNREADABLE`
 */
export function resolvePluginsAllow(outside: Outside): PluginsAllow | undefined {
  const found = gatherOptions("authenticate", {}, outside);
  refuseForbidden(found);
  return parsePluginsAllow(found);
}
