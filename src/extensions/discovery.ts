import type { Config } from "@oclif/core/interfaces";
import { type AllowList, forbid } from "./allow-list.ts";
import { readInstalled, type UserPackage } from "./installed.ts";
import type { InstalledPackage } from "./registry.ts";

export interface Sources {
  /** What came with the program, as oclif found it. */
  readonly bundled: Config;
  /** The person's plugin folder, undefined where there is no home. */
  readonly folder: string | undefined;
  readonly allowed: AllowList;
}

/** What came with the program and what the person installed or linked, as packages with their blocks. No module of a plugin is loaded. */
export function discoverPackages({ bundled, folder, allowed }: Sources): readonly InstalledPackage[] {
  const own = new Set(Object.keys(bundled.pjson.dependencies ?? {}));
  const found = bundledPackages(bundled).map((one) => ({ ...one, own: own.has(one.name) }));
  const users = (folder === undefined ? [] : readInstalled(folder)).map((one) => toPackage(one, own, allowed));
  return [...found, ...users];
}

function bundledPackages(config: Config): readonly Omit<InstalledPackage, "own">[] {
  return [...config.plugins.values()].flatMap(({ name, version, root, type, pjson }) => {
    const block: unknown = (pjson as unknown as Readonly<Record<string, unknown>>)["awsOktaProcessor"];
    return block === undefined || type === "user" || type === "link" ? [] : [{ name, version, root, source: "bundled" as const, block }];
  });
}

function toPackage(
  { name, version, root, source, block, problem }: UserPackage,
  own: ReadonlySet<string>,
  allowed: AllowList,
): InstalledPackage {
  return { name, version, root, source, block, own: own.has(name), problem: problem ?? forbid(name, allowed) };
}
