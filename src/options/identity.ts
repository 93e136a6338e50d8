import type { FlagValues } from "./layers.ts";
import { type Options, parseOptions } from "./options.ts";
import { gatherOptions, type Outside } from "./resolve.ts";
import type { OptionName } from "./table.ts";

const NAMES: readonly OptionName[] = ["user", "organization", "key", "silent", "ca-bundle", "cache-encryption", "plugins-allow"];

/**
 * Whose session it is and how it is come to, from where `authenticate` would take it. The other options have their defaults: a wrong one
 * keeps nobody from signing out.
 *
 * @throws UsageError `OPTION_INVALID`, `DOTFILE_INVALID` or `DOTFILE_UNREADABLE`
 */
export function resolveIdentity(flags: FlagValues, outside: Outside): Options {
  const found = gatherOptions("authenticate", flags, outside);
  return parseOptions(new Map([...found].filter(([name]) => NAMES.includes(name))));
}
