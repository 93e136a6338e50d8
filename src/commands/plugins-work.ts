/** What the commands for plugins do; loaded for them alone. The installing is oclif's own; before it lets a package in, it is looked at. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { commands } from "@oclif/plugin-plugins";
import { dataFolder } from "../data-folder.ts";
import { UsageError } from "../errors.ts";
import { forbid } from "../extensions/allow-list.ts";
import { readInstalled } from "../extensions/installed.ts";
import { compareInstalled, mendList, readList } from "../flows/installing/listed.ts";
import { readSpec, registryName } from "../flows/installing/package-spec.ts";
import { forbidden, offersOf, refuseUnsuitable, type Vetted, type Vetting, vetPackages } from "../flows/installing/vet-packages.ts";
import { parseRecord, text } from "../json.ts";
import { resolvePluginsAllow } from "../options/resolve.ts";
import { cleanText } from "../terminal/clean.ts";
import { worldOf } from "./host.ts";

export interface Asked {
  readonly verbose: boolean;
}

/** @param typed names, tarballs, folders, addresses */
export async function install(
  config: Config,
  typed: readonly string[],
  { verbose, force }: Asked & { readonly force: boolean },
): Promise<void> {
  const vetting = vettingOf(config);
  const world = worldOf(config);
  for (const spec of typed.map((one) => readSpec(one, world.cwd))) {
    const named = registryName(spec);
    if (named !== undefined && forbid(named, vetting.allowed) !== undefined) throw forbidden(named, vetting.allowed);
    const [vetted] = await vetPackages([spec], vetting);
    if (vetted === undefined) throw new UsageError(`${spec} is no package`, { code: "PACKAGE_UNSUITABLE" });
    const before = await readList(vetting.folder);
    await commands["plugins:install"].run([spec, verbose ? "--verbose" : "--silent", ...(force ? ["--force"] : [])], config);
    if (named === undefined) await mendList({ name: vetted.name, url: spec, before }, { ...vetting, platform: world.platform });
    await compareInstalled(vetted, vetting);
    tell(config, vetted, "is installed");
  }
}

export async function link(config: Config, folder: string, { verbose, install }: Asked & { readonly install: boolean }): Promise<void> {
  const world = worldOf(config);
  const allowed = resolvePluginsAllow(world);
  const root = path.resolve(world.cwd, folder);
  const packageJson = parseRecord(readText(path.join(root, "package.json")));
  const name = text(packageJson?.["name"]);
  if (packageJson === undefined || name === undefined) {
    throw new UsageError(`there is no package.json with a name in ${root}`, {
      code: "PACKAGE_UNSUITABLE",
      hint: "give the folder of the plugin",
    });
  }
  refuseUnsuitable(name, packageJson, allowed);
  await commands["plugins:link"].run([root, install ? "--install" : "--no-install", ...(verbose ? ["--verbose"] : [])], config);
  tell(config, { name, version: text(packageJson["version"]) ?? "", offers: offersOf(packageJson), signature: root }, "is linked");
}

export async function update(config: Config, { verbose }: Asked): Promise<void> {
  const vetting = vettingOf(config);
  const before = readInstalled(vetting.folder).filter(({ source }) => source === "installed");
  for (const { name } of before) if (forbid(name, vetting.allowed) !== undefined) throw forbidden(name, vetting.allowed);
  const specs = before.map(({ name, tag = "latest", url = `${name}@${tag}` }) => url).filter((spec) => !spec.startsWith("file:"));
  const vetted = specs.length === 0 ? [] : await vetPackages(specs, vetting);
  await commands["plugins:update"].run(verbose ? ["--verbose"] : [], config);
  for (const one of vetted) {
    await compareInstalled(one, vetting);
    const old = before.find(({ name }) => name === one.name)?.version;
    if (old !== one.version) tell(config, one, `is installed in place of ${old ?? "nothing"}`);
  }
}

export async function uninstall(config: Config, names: readonly string[], { verbose }: Asked): Promise<void> {
  await commands["plugins:uninstall"].run([...names, ...(verbose ? ["--verbose"] : [])], config);
}

export async function reset(config: Config, hard: boolean): Promise<void> {
  await commands["plugins:reset"].run(hard ? ["--hard"] : [], config);
}

function vettingOf(config: Config): Vetting {
  const world = worldOf(config);
  const folder = dataFolder(world);
  if (folder === undefined) throw new UsageError("there is no home to keep plugins in", { code: "NO_HOME", hint: "set HOME" });
  const requirePlugins = createRequire(createRequire(path.join(config.root, "package.json")).resolve("@oclif/plugin-plugins"));
  return {
    ...world,
    npm: path.join(path.dirname(requirePlugins.resolve("npm/package.json")), "bin", "npm-cli.js"),
    registry: config.npmRegistry,
    folder,
    host: config.name,
    allowed: resolvePluginsAllow(world),
  };
}

/** Whose code it is, and that it is not ours. */
function tell(config: Config, { name, version, offers, signature }: Omit<Vetted, "integrity">, where: string): void {
  const lines = [
    `${name} ${version} ${where}: ${offers}; ${signature}`,
    "It is the code of its authors and runs with your rights: what you type and what Okta sends while it works is open to it.",
  ];
  worldOf(config).writeDiagnosis(lines.map((line) => `${cleanText(line)}\n`).join(""));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
