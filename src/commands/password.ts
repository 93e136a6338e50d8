import { Command } from "@oclif/core/command";
import type { Config } from "@oclif/core/interfaces";
import { forgetPassword, storePassword } from "../flows/password.ts";
import { resolveOptions } from "../options/resolve.ts";
import { flagsNamed } from "./flags.ts";
import { withHost, worldOf } from "./host.ts";

export class PasswordStore extends Command {
  static override summary = "store your Okta password in a keychain";
  static override description =
    "It is asked for at the terminal, and stored for this user at this organization alone. A sign-in uses it where no other is given; when Okta refuses it, it is removed.";
  static override examples = [
    "<%= config.bin %> password store --user jdoe --organization acme.okta.com",
    "pass show okta | <%= config.bin %> password store --user jdoe --organization acme.okta.com --pass-stdin",
  ];
  static override flags = flagsNamed("authenticate", ["organization", "user", "pass-stdin", "keychain", "silent"]);

  async run(): Promise<void> {
    const { flags } = await this.parse(PasswordStore);
    await perform(this.config, flags, storePassword);
  }
}

export class PasswordForget extends Command {
  static override summary = "remove a stored Okta password from the keychain";
  static override examples = ["<%= config.bin %> password forget --user jdoe --organization acme.okta.com"];
  static override flags = flagsNamed("authenticate", ["organization", "user", "keychain", "silent"]);

  async run(): Promise<void> {
    const { flags } = await this.parse(PasswordForget);
    await perform(this.config, flags, forgetPassword);
  }
}

/** The caches are no matter of these. */
async function perform(config: Config, flags: Readonly<Record<string, string | boolean>>, work: typeof storePassword): Promise<void> {
  const options = resolveOptions("authenticate", flags, worldOf(config));
  await withHost(config, { ...options, cacheEncryption: undefined }, (host) => work(host, options));
}
