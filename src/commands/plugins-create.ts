import { string } from "@oclif/core/args";
import { Command } from "@oclif/core/command";
import { string as flag, option } from "@oclif/core/flags";
import { PLUGIN_KINDS } from "../extensions/new-plugin.ts";

export default class PluginsCreate extends Command {
  static override summary = "write a plugin of your own to start from, with its tests";
  static override description =
    "A small project in TypeScript that works as it is: a factor, a format, a shell or a keychain, the checks of the contract, and a sign-in to the sandbox.";
  static override examples = [
    "<%= config.bin %> plugins create aws-okta-processor-shell-rc --kind shell",
    "<%= config.bin %> plugins create @acme/okta-token --kind factor --name token:acme",
  ];
  static override args = {
    // Without it oclif would look for a missing argument on standard input.
    package: string({ description: "name of its npm package", required: true, ignoreStdin: true }),
  };
  static override flags = {
    kind: option({ description: "what it offers", options: PLUGIN_KINDS, required: true, helpValue: "KIND" })(),
    name: flag({ description: "name of what it offers, as rc or token:acme; without it that in the package's name", helpValue: "NAME" }),
    directory: flag({ description: "where to write it; without it a folder of the package's name", helpValue: "FOLDER" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PluginsCreate);
    const { createPlugin } = await import("./create-plugin.ts");
    createPlugin(this.config, { packageName: args.package, ...flags });
  }
}
