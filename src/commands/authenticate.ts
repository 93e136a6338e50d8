import { Command } from "@oclif/core/command";
import { authenticate } from "../flows/authenticate.ts";
import { keepCredentials } from "../flows/keep-credentials.ts";
import { credentialsPrinter, removalLines } from "../flows/output.ts";
import type { Options } from "../options/options.ts";
import { resolveOptions } from "../options/resolve.ts";
import { flagsOf } from "./flags.ts";
import { withHost, worldOf } from "./host.ts";
import { warnOfUnknownKeys } from "./warn-of-unknown-keys.ts";

export default class Authenticate extends Command {
  static override summary = "Sign in to Okta and print temporary AWS credentials";
  static override description =
    "Prints credential_process JSON, or with --environment lines that set variables of a shell; --unset prints those that remove them.";
  static override examples = [
    "<%= config.bin %> authenticate --user jdoe --organization acme.okta.com",
    'eval "$(<%= config.bin %> authenticate --environment --user jdoe --organization acme.okta.com)"',
  ];
  static override flags = flagsOf("authenticate");

  async run(): Promise<void> {
    const { flags } = await this.parse(Authenticate);
    const world = worldOf(this.config);
    const options = resolveOptions("authenticate", { ...flags, ...world.secrets }, world);
    await withHost(this.config, options, async (host) => {
      const { line, extensions } = host;
      if (options.unset) {
        world.writeOutput(await removalLines(options, extensions, world));
        return;
      }
      const print = await credentialsPrinter(options, extensions, world);
      const fetch = (given: Options) => {
        warnOfUnknownKeys(world);
        return authenticate(given, line);
      };
      const kept = await keepCredentials(host, fetch)(options);
      world.writeOutput(print(kept.credentials));
    });
  }
}
