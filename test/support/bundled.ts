import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRegistry, type ExtensionKind, type InstalledPackage } from "../../src/extensions/registry.ts";

const PLUGINS = fileURLToPath(new URL("../../plugins/", import.meta.url));

/** What comes with the program, as built, the way discovery finds it. */
export const bundledPackages: readonly InstalledPackage[] = readdirSync(PLUGINS).flatMap((folder) => {
  const root = path.join(PLUGINS, folder);
  const pjson = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Readonly<Record<string, string>>;
  const block: unknown = pjson["awsOktaProcessor"];
  return block === undefined
    ? []
    : [{ name: pjson["name"] ?? "", version: pjson["version"] ?? "", root, source: "bundled", own: true, block }];
});

/** As errors and help list them. */
export function bundledNames(kind: ExtensionKind): string {
  return createRegistry(bundledPackages)
    .list(kind)
    .map(({ name }) => name)
    .join(", ");
}
