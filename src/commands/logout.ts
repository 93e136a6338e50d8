import { readFileSync } from "node:fs";
import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";
import { configFileOf } from "../aws/config-file-path.ts";
import { keysIn } from "../aws/own-keys.ts";
import { AppError } from "../errors.ts";
import { logOut } from "../flows/logout/log-out.ts";
import { describeLoggedOut, tellLoggedOut, throwWhatFailed } from "../flows/logout/tell.ts";
import { createNetwork } from "../http/network.ts";
import { createSend } from "../http/send.ts";
import { type Identity, resolveIdentity } from "../options/identity.ts";
import { openTerminal } from "../terminal/terminal.ts";
import type { World } from "../world.ts";
import { flagsNamed } from "./flags.ts";
import { worldOf } from "./host.ts";

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
    const { all, "dry-run": dryRun, json, silent, ...who } = flags;
    const identity = all ? anybody(world) : resolveIdentity(who, world);
    const { fetch } = createNetwork(world, identity.caBundle);
    const send = createSend({ ...world, fetch }, { userAgent: `${this.config.name}/${this.config.version}`, signal: world.signal });
    const keys = [...(identity.key === undefined ? [] : [identity.key]), ...keysIn(readConfigFile(world))];
    const done = await logOut({ world, send, keys, dryRun }, { user: identity.user, organization: identity.organization?.name, all });
    if (json) world.writeOutput(`${JSON.stringify(describeLoggedOut(done), undefined, 2)}\n`);
    else tellAll(tellLoggedOut(done, dryRun), world, silent === true);
    throwWhatFailed(done);
  }
}

/** A dotfile that cannot be read keeps nobody from signing all out. */
function anybody(world: World): Identity {
  const nobody = { user: undefined, organization: undefined, key: undefined, caBundle: undefined };
  try {
    return { ...resolveIdentity({}, world), user: undefined, organization: undefined };
  } catch (error) {
    if (error instanceof AppError) return nobody;
    throw error;
  }
}

function tellAll(lines: readonly string[], world: World, silent: boolean): void {
  const terminal = openTerminal(world, silent);
  try {
    for (const line of lines) terminal.tell(line);
  } finally {
    terminal.close();
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
