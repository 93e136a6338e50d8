import { readFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { dataFolder } from "../data-folder.ts";
import { UsageError } from "../errors.ts";
import { forbid } from "../extensions/allow-list.ts";
import { readInstalled, type UserPackage } from "../extensions/installed.ts";
import { showContract } from "../extensions/registry.ts";
import { offersOf } from "../flows/installing/vet-packages.ts";
import { dig, parseRecord, record, text } from "../json.ts";
import { resolvePluginsAllow } from "../options/resolve.ts";
import { cleanText } from "../terminal/clean.ts";
import { worldOf } from "./host.ts";

export function listPlugins(config: Config, asJson: boolean): void {
  const world = worldOf(config);
  const allowed = resolvePluginsAllow(world);
  const listed = installedFor(config).map(({ name, version, source, root, problem }) => ({
    name,
    version,
    source,
    root,
    problem: problem ?? forbid(name, allowed) ?? null,
  }));
  const lines = listed.map(({ name, version, source, root, problem }) =>
    [name, version, ...(source === "linked" ? [root] : []), ...(problem === null ? [] : [`not used: ${problem}`])].join(" "),
  );
  const shown = lines.length === 0 ? ["no plugins are installed"] : lines.map(cleanText);
  world.writeOutput(asJson ? `${JSON.stringify(listed, undefined, 2)}\n` : `${shown.join("\n")}\n`);
}

/** @throws UsageError `PLUGIN_UNKNOWN` */
export function inspectPlugin(config: Config, name: string, asJson: boolean): void {
  const world = worldOf(config);
  const found = installedFor(config).find((one) => one.name === name);
  if (found === undefined)
    throw new UsageError(`${name} is not installed`, { code: "PLUGIN_UNKNOWN", hint: "aws-okta-processor plugins lists those that are" });
  const problem = found.problem ?? forbid(name, resolvePluginsAllow(world));
  const details = { ...inspect(found, dataFolder(world) ?? ""), ...optional("not used", problem) };
  world.writeOutput(asJson ? `${JSON.stringify(details, undefined, 2)}\n` : formatDetails(details));
}

function installedFor(config: Config): readonly UserPackage[] {
  const folder = dataFolder(worldOf(config));
  return folder === undefined ? [] : readInstalled(folder);
}

type Details = Readonly<Record<string, string | readonly string[]>>;

function inspect({ name, version, source, root, tag, url, packageJson, block }: UserPackage, folder: string): Details {
  const lock = record(parseRecord(readText(path.join(folder, "package-lock.json")))?.["packages"]) ?? {};
  const entry = record(lock[`node_modules/${name}`]);
  const dependencies = Object.keys(record(packageJson["dependencies"]) ?? {}).map((dependency) => {
    const found = record(lock[`node_modules/${name}/node_modules/${dependency}`] ?? lock[`node_modules/${dependency}`]);
    return `${dependency} ${text(found?.["version"]) ?? "(not here)"}`;
  });
  return {
    name,
    version,
    source,
    ...(source === "installed" ? { from: url ?? `${name}@${tag ?? "latest"}` } : {}),
    location: root,
    ...optional("integrity", text(entry?.["integrity"])),
    ...optional("homepage", text(packageJson["homepage"])),
    contract: showContract(dig(block, "contract")),
    offers: offersOf(packageJson),
    dependencies,
  };
}

const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });

function formatDetails(details: Details): string {
  const width = Math.max(...Object.keys(details).map((name) => name.length));
  const lines = Object.entries(details).map(
    ([name, value]) => `${name.padEnd(width)}  ${typeof value === "string" ? value : value.join(", ")}`,
  );
  return lines.map((line) => `${cleanText(line)}\n`).join("");
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
