import type { FlagValues } from "./layers.ts";
import { type Options, parseOptions } from "./options.ts";
import { gatherOptions, type Outside } from "./resolve.ts";
import type { OptionName } from "./table.ts";

export type Identity = Pick<Options, "user" | "organization" | "key" | "caBundle">;

const NAMES: readonly OptionName[] = ["user", "organization", "key", "ca-bundle"];

/**
 * Whose session it is, from where `authenticate` would take it. The other options are not read: a wrong one keeps nobody from signing out.
 *
 * @throws UsageError `OPTION_INVALID`, `DOTFILE_INVALID` or `DOTFILE_UNREADABLE`
 */
export function resolveIdentity(flags: FlagValues, outside: Outside): Identity {
  const found = gatherOptions("authenticate", flags, outside);
  return parseOptions(new Map([...found].filter(([name]) => NAMES.includes(name))));
}
