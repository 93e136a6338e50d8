import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeKept } from "../../cache/write.ts";
import { UsageError } from "../../errors.ts";
import { dig, type Json, list, parseRecord, record, text } from "../../json.ts";
import type { Vetted, Vetting } from "./vet-packages.ts";

/** oclif's list of the person's plugins, as it stands there. */
export async function readList(folder: string): Promise<readonly unknown[]> {
  return list(dig(await readJson(path.join(folder, "package.json")), "oclif", "plugins"));
}

/**
 * Mends oclif's list after an address was installed: of two that are folders, or on hosts of git that npm does not know, oclif takes the
 * second for the first.
 *
 * @see https://github.com/oclif/plugin-plugins/blob/main/src/plugins.ts it looks for the address by its kind alone
 */
export async function mendList({ name, url, before }: Change, { folder, platform }: Listing): Promise<void> {
  const file = path.join(folder, "package.json");
  const packageJson = (await readJson(file)) ?? {};
  const plugins = [...before.filter((entry) => dig(entry, "name") !== name), { name, type: "user", url }];
  const content = JSON.stringify({ ...packageJson, oclif: { ...record(packageJson["oclif"]), plugins } }, undefined, 2);
  await writeKept({ file, content, platform });
}

interface Change {
  readonly name: string;
  readonly url: string;
  /** The list before that. */
  readonly before: readonly unknown[];
}

interface Listing extends Pick<Vetting, "folder"> {
  readonly platform: string;
}

/** @throws UsageError `PACKAGE_CHANGED` where what was installed is not what was looked at */
export async function compareInstalled({ name, version, integrity }: Vetted, { folder }: Pick<Vetting, "folder">): Promise<void> {
  const entry = dig(await readJson(path.join(folder, "package-lock.json")), "packages", `node_modules/${name}`);
  const installed = { version: text(dig(entry, "version")), integrity: text(dig(entry, "integrity")) };
  if (installed.version === version && installed.integrity === integrity) return;
  throw new UsageError(`${name} was changed while it was installed: it is ${installed.version ?? "gone"}, and ${version} was looked at`, {
    code: "PACKAGE_CHANGED",
    hint: "run the command again",
  });
}

async function readJson(file: string): Promise<Json | undefined> {
  return parseRecord(await readFile(file, "utf8").catch(() => ""));
}
