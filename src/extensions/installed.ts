import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Json, list, parseRecord, record, text } from "../json.ts";
import type { InstalledPackage } from "./registry.ts";

/** A package that the person installed or linked, as far as oclif's list and its own package.json tell. */
export interface UserPackage extends Pick<InstalledPackage, "name" | "version" | "root" | "block" | "problem"> {
  readonly source: "installed" | "linked";
  /** What it was installed from, where that is no registry. */
  readonly url: string | undefined;
  /** The version or tag that was asked for. */
  readonly tag: string | undefined;
  /** The whole package.json, empty where it cannot be read. */
  readonly packageJson: Json;
}

/** A name of npm's, which cannot lead out of a folder. */
const NAME = /^(?:@[\w.~-]+\/)?(?!\.)[\w.~-]+$/;

/**
 * What stands in oclif's list, each with what its folder says: nothing of it is loaded, and a folder that is only half there spoils nothing.
 *
 * @param folder oclif's data folder, whose package.json holds the list
 */
export function readInstalled(folder: string): readonly UserPackage[] {
  const listed = list(record(readJson(path.join(folder, "package.json"))?.["oclif"])?.["plugins"]);
  return listed.flatMap((entry) => readEntry(folder, typeof entry === "string" ? { name: entry, type: "user" } : (record(entry) ?? {})));
}

function readEntry(folder: string, entry: Json): readonly UserPackage[] {
  const name = text(entry["name"]);
  const linkedRoot = text(entry["root"]);
  if (name === undefined || !NAME.test(name)) return [];
  const isLink = entry["type"] === "link";
  if (isLink ? linkedRoot === undefined : entry["type"] !== "user") return [];
  const root = isLink ? (linkedRoot ?? "") : path.join(folder, "node_modules", name);
  const packageJson = readJson(path.join(root, "package.json"));
  return [
    {
      name,
      version: text(packageJson?.["version"]) ?? "",
      root,
      source: isLink ? "linked" : "installed",
      block: packageJson?.["awsOktaProcessor"],
      problem: problemOf(name, packageJson, root),
      url: text(entry["url"]),
      tag: text(entry["tag"]),
      packageJson: packageJson ?? {},
    },
  ];
}

/** A package that calls itself otherwise could pass for one that is allowed. */
function problemOf(name: string, packageJson: Json | undefined, root: string): string | undefined {
  if (packageJson === undefined) return `has no package.json that can be read in ${root}`;
  return packageJson["name"] === name ? undefined : "calls itself otherwise";
}

function readJson(file: string): Json | undefined {
  try {
    return statSync(file).isFile() ? parseRecord(readFileSync(file, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
