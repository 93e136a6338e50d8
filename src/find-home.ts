import type { World } from "./world.ts";

/**
 * As Python's expanduser: the variable first, then the account's entry, which not everybody has.
 *
 * @param ask the system; throws where there is no account
 */
export function findHome({ env, platform }: Pick<World, "env" | "platform">, ask: () => string): string | undefined {
  const home = platform === "win32" ? env["USERPROFILE"] : env["HOME"];
  if (home !== undefined && home !== "") return home;
  try {
    const found = ask();
    return found === "" ? undefined : found;
  } catch {
    return undefined;
  }
}
