import type { FlagValues } from "../../src/options/layers.ts";
import type { CommandName } from "../../src/options/option-row.ts";
import type { Options } from "../../src/options/options.ts";
import { type Outside, resolveOptions } from "../../src/options/resolve.ts";

/** Options as the command line would have given them, of a person without dotfiles. */
export function optionsFrom(
  flags: FlagValues = {},
  { command = "authenticate", ...outside }: { command?: CommandName } & Partial<Outside> = {},
): Options {
  return resolveOptions(command, flags, { env: {}, cwd: "/nowhere", home: undefined, platform: "linux", ...outside });
}

/** Options as plain values that can be compared: no functions, secrets revealed. */
export function plain({
  from: _from,
  isOfWorkingDirectory: _is,
  organization,
  pass,
  application,
  signInUrl,
  ...rest
}: Options): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    organization: organization?.name,
    pass: pass?.reveal(),
    application: application?.href,
    signInUrl: signInUrl?.href,
  };
}
