import { Command } from "@oclif/core/command";
import { boolean } from "@oclif/core/flags";
import { dataFolder } from "../data-folder.ts";
import { discoverPackages } from "../extensions/discovery.ts";
import { createRegistry } from "../extensions/registry.ts";
import { resolvePluginsAllow } from "../options/resolve.ts";
import { cleanText } from "../terminal/clean.ts";
import { worldOf } from "./host.ts";

export default class Extensions extends Command {
  static override summary = "list factors, formats, shells and keychains, whose they are, and why any is not used";
  static override description = "Reads package.json files alone: no plugin is loaded.";
  static override examples = ["<%= config.bin %> extensions", "<%= config.bin %> extensions --json"];
  static override flags = { json: boolean({ description: "as one JSON object" }) };

  async run(): Promise<void> {
    const { flags } = await this.parse(Extensions);
    const world = worldOf(this.config);
    const packages = discoverPackages({ program: this.config, folder: dataFolder(world), allowed: resolvePluginsAllow(world) });
    const { formatExtensions, listExtensions } = await import("../flows/list-extensions.ts");
    const listed = listExtensions(createRegistry(packages), packages);
    world.writeOutput(flags.json ? `${JSON.stringify(listed, undefined, 2)}\n` : cleanLines(formatExtensions(listed)));
  }
}

/** What a stranger's package.json says goes to a terminal. */
function cleanLines(text: string): string {
  return text.split("\n").map(cleanText).join("\n");
}
