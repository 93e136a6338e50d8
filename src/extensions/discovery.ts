import type { Config } from "@oclif/core/interfaces";
import type { InstalledPackage } from "./registry.ts";

/** What oclif found, as packages with their blocks. No module of a plugin is loaded. */
export function discoverPackages(config: Config): readonly InstalledPackage[] {
  return [...config.plugins.values()].flatMap((plugin) => {
    const block: unknown = (plugin.pjson as unknown as Readonly<Record<string, unknown>>)["awsOktaProcessor"];
    return block === undefined
      ? []
      : [{ name: plugin.name, version: plugin.version, root: plugin.root, source: sourceOf(plugin.type), block }];
  });
}

function sourceOf(type: string): InstalledPackage["source"] {
  if (type === "link") return "linked";
  return type === "user" ? "installed" : "bundled";
}
