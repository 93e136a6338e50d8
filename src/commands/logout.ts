import { readFileSync } from "node:fs";
import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";
import { configFileOf } from "../aws/config-file-path.ts";
import { keysIn } from "../aws/own-keys.ts";
import { AppError } from "../errors.ts";
import { logOut } from "../flows/logout/log-out.ts";
import { describeLoggedOut, tellLoggedOut, throwWhatFailed } from "../flows/logout/tell.ts";
import { resolveIdentity } from "../options/identity.ts";
import type { FlagValues } from "../options/layers.ts";
import type { Options } from "../options/options.ts";
import type { World } from "../world.ts";
import { flagsNamed } from "./flags.ts";
import { withHost, worldOf } from "./host.ts";

export default class Logout extends Command {
  static override summary = "End the Okta session and remove what is kept for it";
  static override description =
    "Removes session, credentials and what is remembered of the device. Credentials that were given out live on until they expire.";
  static override examples = ["<%= config.bin %> logout", "<%= config.bin %> logout --all --dry-run"];
  static override flags = {
    ...flagsNamed("authenticate", ["user", "organization", "silent"]),
    all: boolean({ description: "of every user and organization", exclusive: ["user", "organization"] }),
    "dry-run": boolean({ description: "say what would be done, and do nothing" }),
    json: boolean({ description: "print what was done as one JSON object" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Logout);
    const world = worldOf(this.config);
    const { all, "dry-run": dryRun, json, ...given } = flags;
    const options = all ? anybody(given, world) : resolveIdentity(given, world);
    await withHost(this.config, options, async ({ send, keeping, terminal }) => {
      const keys = [...(options.key === undefined ? [] : [options.key]), ...keysIn(readConfigFile(world))];
      const wanted = { user: options.user, organization: options.organization?.name, all };
      const done = await logOut({ world, send, open: keeping.open, keys, dryRun }, wanted);
      if (json) world.writeOutput(`${JSON.stringify(describeLoggedOut(done), undefined, 2)}\n`);
      else for (const line of tellLoggedOut(done, dryRun)) terminal.tell(line);
      throwWhatFailed(done);
    });
  }
}

/** A dotfile that cannot be read keeps nobody from signing all out. */
function anybody(flags: FlagValues, world: World): Options {
  try {
    return { ...resolveIdentity(flags, world), user: undefined, organization: undefined };
  } catch (error) {
    // In a file there is no dotfile.
    if (error instanceof AppError) return resolveIdentity(flags, { ...world, env: {}, cwd: world.execPath, home: undefined });
    throw error;
  }
}

/** It only helps to find what the original kept. */
function readConfigFile({ env, home }: World): string {
  const file = configFileOf(env, home);
  try {
    return file === undefined ? "" : readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
