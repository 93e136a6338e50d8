import { Command } from "@oclif/core/command";
import { getRoles, getRolesOfAll } from "../flows/get-roles.ts";
import { rolesPrinter } from "../flows/output.ts";
import { profilesTarget } from "../flows/profiles-target.ts";
import { writeProfiles } from "../flows/write-profiles.ts";
import { resolveOptions } from "../options/resolve.ts";
import { flagsOf } from "./flags.ts";
import { withHost, worldOf } from "./host.ts";
import { warnOfUnknownKeys } from "./warn-of-unknown-keys.ts";

export default class GetRoles extends Command {
  static override summary = "List the AWS accounts and roles that Okta gives you";
  static override description =
    "Prints a list in one of the formats below, or with --write merges profiles into the config file of AWS, after showing what would change.";
  static override examples = [
    "<%= config.bin %> get-roles --user jdoe --organization acme.okta.com --output profiles",
    "<%= config.bin %> get-roles --user jdoe --organization acme.okta.com --output profiles --write",
    '<%= config.bin %> get-roles --user jdoe --organization acme.okta.com --output text --output-format "{account},{role}"',
  ];
  static override flags = flagsOf("get-roles");

  async run(): Promise<void> {
    const { flags } = await this.parse(GetRoles);
    const world = worldOf(this.config);
    const options = resolveOptions("get-roles", { ...flags, ...world.secrets }, world);
    warnOfUnknownKeys(world);
    await withHost(this.config, options, async ({ line, extensions, terminal }) => {
      if (options.write !== undefined) {
        const target = await profilesTarget(options, extensions, world);
        const listings = options.allApplications ? await getRolesOfAll(options, line) : [await getRoles(options, line)];
        await writeProfiles(target(listings), { world, terminal });
        return;
      }
      const print = await rolesPrinter(options, extensions, world);
      world.writeOutput(options.allApplications ? print.all(await getRolesOfAll(options, line)) : print.one(await getRoles(options, line)));
    });
  }
}
