import type { Command } from "@oclif/core/command";
import { Help } from "@oclif/core/help";
import { type ExtensionKind, mayPrint } from "../extensions/registry.ts";
import { COMMANDS, type CommandName } from "../options/option-row.ts";
import { optionsOf } from "../options/table.ts";
import { knownRegistry, worldOf } from "./host.ts";
import { PRINTED } from "./printed.ts";

const SECTIONS: Readonly<Record<CommandName, readonly ExtensionKind[]>> = {
  authenticate: ["factors", "formats", "shells"],
  "get-roles": ["factors", "formats"],
};

/** oclif's help, with the factors, formats and shells that are installed right now. */
export default class HostHelp extends Help {
  override async showRootHelp(): Promise<void> {
    await super.showRootHelp();
    this.#listInstalled(["factors", "formats", "shells"], undefined);
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    await super.showCommandHelp(command);
    const name = COMMANDS.find((candidate) => candidate === command.id);
    if (name !== undefined) this.#listInstalled(SECTIONS[name], name);
  }

  #listInstalled(kinds: readonly ExtensionKind[], command: CommandName | undefined): void {
    const registry = knownRegistry(this.config, worldOf(this.config));
    for (const kind of kinds) {
      const usable = registry.list(kind).filter((extension) => command === undefined || mayPrint(extension, PRINTED[command]));
      const names = [...usable.map(({ name }) => name), ...alsoTaken(kind, command)];
      this.log(`${this.section(`INSTALLED ${kind.toUpperCase()}`, this.wrap(names.join(", ")))}\n`);
    }
  }
}

function alsoTaken(kind: ExtensionKind, command: CommandName | undefined): readonly string[] {
  if (command === undefined) return [];
  return optionsOf(command).flatMap((row) => (row.completes === kind ? (row.alsoTakes?.[command] ?? []) : []));
}
