import { readFileSync } from "node:fs";
import path from "node:path";
import { list, parseRecord, text } from "../json.ts";
import { type AllowList, forbid } from "./allow-list.ts";
import { readInstalled, type UserPackage } from "./installed.ts";
import type { InstalledPackage } from "./registry.ts";

export interface Sources {
  /** The program's own package: its folder, and its package.json, whose `bundleDependencies` came with it. */
  readonly program: { readonly root: string; readonly pjson: object };
  /** The person's plugin folder, undefined where there is no home. */
  readonly folder: string | undefined;
  readonly allowed: AllowList;
}

/** What came with the program and what the person installed or linked, as packages with their blocks. No module of a plugin is loaded. */
export function discoverPackages({ program: { root, pjson }, folder, allowed }: Sources): readonly InstalledPackage[] {
  const names = list((pjson as { readonly bundleDependencies?: unknown }).bundleDependencies).filter((name) => typeof name === "string");
  const own = new Set(names);
  const users = (folder === undefined ? [] : readInstalled(folder)).map((one) => toPackage(one, own, allowed));
  return [...names.flatMap((name) => readBundled(path.join(root, "node_modules", name))), ...users];
}

function readBundled(root: string): readonly InstalledPackage[] {
  const packageJson = parseRecord(readFileSync(path.join(root, "package.json"), "utf8"));
  const block = packageJson?.["awsOktaProcessor"];
  if (block === undefined) return [];
  return [
    { name: text(packageJson?.["name"]) ?? "", version: text(packageJson?.["version"]) ?? "", root, source: "bundled", own: true, block },
  ];
}

function toPackage(
  { name, version, root, source, block, problem }: UserPackage,
  own: ReadonlySet<string>,
  allowed: AllowList,
): InstalledPackage {
  return { name, version, root, source, block, own: own.has(name), problem: problem ?? forbid(name, allowed) };
}
