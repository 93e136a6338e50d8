import type { Shell } from "@aws-okta-processor/contract";
import { UsageError } from "../errors.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import { CALLING_SHELL, type Options } from "../options/options.ts";
import type { World } from "../world.ts";

/**
 * The shell whose lines are asked for; `auto` is the nearest of the programs above this one that is called as an installed shell is.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`; `SHELL_UNKNOWN` where none of them is a shell
 */
export async function findShell(options: Options, extensions: Extensions, { ancestors }: Pick<World, "ancestors">): Promise<Loaded<Shell>> {
  if (options.targetShell !== CALLING_SHELL) return extensions.shell(options.targetShell);
  const name = ancestors().find((ancestor) => extensions.hasShell(ancestor.toLowerCase()));
  if (name !== undefined) return extensions.shell(name.toLowerCase());
  throw new UsageError(`none of the programs that called this one is a shell that is known here (${options.from("target-shell")})`, {
    code: "SHELL_UNKNOWN",
    hint: "name the shell, as --target-shell bash; aws-okta-processor authenticate --help lists those that are installed",
  });
}
