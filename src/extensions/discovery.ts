import type { Config } from "@oclif/core/interfaces";
import type { InstalledPackage } from "./registry.ts";

/** What oclif found, each name once, as packages with their blocks. No module of a plugin is loaded. */
export function discoverPackages(config: Config): readonly InstalledPackage[] {
  const own = new Set(Object.keys(config.pjson.dependencies ?? {}));
  return [...config.plugins.values()].flatMap(({ name, version, root, type, pjson }) => {
    const block: unknown = (pjson as unknown as Readonly<Record<string, unknown>>)["awsOktaProcessor"];
    return block === undefined ? [] : [{ name, version, root, source: sourceOf(type), own: own.has(name), block }];
  });
}

function sourceOf(type: string): InstalledPackage["source"] {
  if (type === "link") return "linked";
  return type === "user" ? "installed" : "bundled";
}
