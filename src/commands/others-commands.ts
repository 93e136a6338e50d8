import { dataFolder } from "../data-folder.ts";
import { forbid } from "../extensions/allow-list.ts";
import { readInstalled } from "../extensions/installed.ts";
import { type Outside, resolvePluginsAllow } from "../options/resolve.ts";

/** The first words of our own commands, which need nobody else's. */
export const OWN_COMMANDS: readonly string[] = [
  "authenticate",
  "completion",
  "config",
  "doctor",
  "extensions",
  "get-roles",
  "logout",
  "password",
  "plugins",
  "sandbox",
];

/**
 * Whether oclif may look for commands in what the person installed. It would load modules and run hooks of it, so that it does not where a
 * list of allowed packages forbids any of them, or cannot be read.
 *
 * @returns the sentence to tell where it may not
 */
export function mayLoadCommands(outside: Outside): { readonly allowed: boolean; readonly because?: string } {
  const folder = dataFolder(outside);
  // Where there is no home, oclif would look in a folder that is everybody's.
  if (folder === undefined) return { allowed: false };
  const packages = readInstalled(folder);
  if (packages.length === 0) return { allowed: true };
  try {
    const allowed = resolvePluginsAllow(outside);
    const forbidden = packages.flatMap(({ name }) => {
      const reason = forbid(name, allowed);
      return reason === undefined ? [] : [`${name} ${reason}`];
    });
    return forbidden[0] === undefined
      ? { allowed: true }
      : { allowed: false, because: `no commands of plugins are offered, for ${forbidden[0]}` };
  } catch {
    return { allowed: false };
  }
}
