import { Command } from "@oclif/core/command";
import { string } from "@oclif/core/flags";
import { COMMANDS } from "../options/option-row.ts";
import { parseOptions } from "../options/options.ts";
import { gatherOptions } from "../options/resolve.ts";
import { formatOptions } from "../options/show.ts";
import { worldOf } from "./host.ts";
import { warnOfUnknownKeys } from "./warn-of-unknown-keys.ts";

export default class ConfigShow extends Command {
  static override summary = "show every option, its value and where it comes from";
  static override description = "Reads variables and dotfiles as the other commands do. A secret is not shown.";
  static override examples = ["<%= config.bin %> config show", "<%= config.bin %> config show --command get-roles"];
  static override flags = {
    command: string({ description: "the command whose options are shown", options: [...COMMANDS], helpValue: "COMMAND" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(ConfigShow);
    const world = worldOf(this.config);
    const command = COMMANDS.find((name) => name === flags.command) ?? "authenticate";
    const found = gatherOptions(command, {}, world);
    world.writeOutput(formatOptions(command, found));
    warnOfUnknownKeys(world);
    parseOptions(found);
  }
}
