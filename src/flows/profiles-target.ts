import path from "node:path";
import type { RoleListing } from "@aws-okta-processor/contract";
import { configFileOf } from "../aws/config-file-path.ts";
import { sourceOf } from "../aws/own-profile.ts";
import { UsageError } from "../errors.ts";
import type { Extensions } from "../extensions/load.ts";
import type { Options } from "../options/options.ts";
import type { World } from "../world.ts";
import { profilesMaker } from "./output.ts";
import type { ProfilesToWrite } from "./write-profiles.ts";

/**
 * What is to be written of listings, and where to; checked before anything is sent.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`, `FORMAT_UNSUITABLE`, `OPTION_INVALID`, `OPTION_CONFLICT` or `NO_HOME`
 */
export async function profilesTarget(
  options: Options,
  extensions: Extensions,
  world: Pick<World, "env" | "home" | "cwd">,
): Promise<(listings: readonly RoleListing[]) => ProfilesToWrite> {
  const make = await profilesMaker(options, extensions);
  const { prune, yes } = options;
  const file = fileOf(options, world);
  const narrowedBy = narrowingOption(options);
  if (prune && narrowedBy !== undefined)
    throw new UsageError(`--prune would remove what ${narrowedBy} leaves out`, {
      code: "OPTION_CONFLICT",
      hint: `leave --prune out, or ${narrowedBy}`,
    });
  const inConfig = options.profileStyle === "config";
  return (listings) => {
    const whole = narrowedBy === undefined ? listings : [];
    const listed = new Set(whole.map(({ organization, user, applicationUrl }) => sourceOf(organization, user, applicationUrl)));
    return { file, profiles: make(listings), prune, inConfig, listed, yes };
  };
}

function narrowingOption({ role, accountAlias, from }: Options): string | undefined {
  if (role !== undefined) return from("role");
  return accountAlias === undefined ? undefined : from("account-alias");
}

function fileOf({ write = "" }: Options, { env, home, cwd }: Pick<World, "env" | "home" | "cwd">): string {
  if (write !== "") return path.resolve(cwd, home === undefined ? write : write.replace(/^~(?=[/\\]|$)/u, () => home));
  const file = configFileOf(env, home);
  if (file !== undefined) return path.resolve(cwd, file);
  throw new UsageError("there is no home directory, and no AWS_CONFIG_FILE, to write profiles to", {
    code: "NO_HOME",
    hint: "give the file, as --write FILE",
  });
}
