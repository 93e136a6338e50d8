import type { Command } from "@oclif/core/command";
import { Help } from "@oclif/core/help";
import { discoverPackages } from "../extensions/discovery.ts";
import { createRegistry, type ExtensionKind } from "../extensions/registry.ts";

const SECTIONS: Readonly<Record<string, readonly ExtensionKind[]>> = {
  authenticate: ["factors", "shells"],
  "get-roles": ["factors", "formats"],
};

/** oclif's help, with the factors, formats and shells that are installed right now. */
export default class HostHelp extends Help {
  override async showRootHelp(): Promise<void> {
    await super.showRootHelp();
    this.#listInstalled(["factors", "formats", "shells"]);
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    await super.showCommandHelp(command);
    this.#listInstalled(SECTIONS[command.id] ?? []);
  }

  #listInstalled(kinds: readonly ExtensionKind[]): void {
    const registry = createRegistry(discoverPackages(this.config));
    for (const kind of kinds) {
      const names = registry.list(kind).map(({ name }) => name);
      this.log(`${this.section(`INSTALLED ${kind.toUpperCase()}`, names.join(", "))}\n`);
    }
  }
}
