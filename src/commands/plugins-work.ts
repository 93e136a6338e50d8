/** What the commands for plugins do; loaded for them alone. The installing is oclif's own; before it lets a package in, it is looked at. */
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { commands } from "@oclif/plugin-plugins";
import { dataFolder } from "../data-folder.ts";
import { UsageError } from "../errors.ts";
import { forbid } from "../extensions/allow-list.ts";
import { readInstalled } from "../extensions/installed.ts";
import { withLock } from "../files/lock.ts";
import { compareInstalled, mendList, readList } from "../flows/installing/listed.ts";
import { readSpec, registryName, withTag } from "../flows/installing/package-spec.ts";
import { forbidden, offersOf, refuseUnsuitable, type Vetted, type Vetting, vetPackages } from "../flows/installing/vet-packages.ts";
import { parseRecord, text } from "../json.ts";
import { resolvePluginsAllow } from "../options/resolve.ts";
import { cleanText } from "../terminal/clean.ts";
import { worldOf } from "./host.ts";

/** @param typed names, tarballs, folders, addresses */
export async function install(config: Config, typed: readonly string[], force: boolean): Promise<void> {
  const vetting = vettingOf(config);
  await alone(config, vetting.folder, async () => {
    for (const one of typed) await installOne(config, readSpec(one, worldOf(config).cwd), { ...vetting, force });
  });
}

async function installOne(config: Config, spec: string, vetting: Vetting & { readonly force: boolean }): Promise<void> {
  const named = registryName(spec);
  if (named !== undefined && forbid(named, vetting.allowed) !== undefined) throw forbidden(named, vetting.allowed);
  const [vetted] = spec.trim() === "" ? [] : await vetPackages([withTag(spec)], vetting);
  if (vetted === undefined) throw new UsageError(`${JSON.stringify(spec)} is no package`, { code: "PACKAGE_UNSUITABLE" });
  const before = await readList(vetting.folder);
  await commands["plugins:install"].run([spec, "--silent", ...(vetting.force ? ["--force"] : [])], config);
  const { platform } = worldOf(config);
  if (named === undefined) await mendList({ name: vetted.name, url: spec, before }, { folder: vetting.folder, platform });
  await compareInstalled(vetted, vetting).catch(async (error: unknown) => {
    await commands["plugins:uninstall"].run([vetted.name], config);
    throw error;
  });
  tell(config, vetted, "is installed");
}

export async function link(config: Config, folder: string, install: boolean): Promise<void> {
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
  await alone(config, pluginFolder(config), () => commands["plugins:link"].run([root, install ? "--install" : "--no-install"], config));
  tell(config, { name, version: text(packageJson["version"]) ?? "", offers: offersOf(packageJson), signature: root }, "is linked");
}

export async function update(config: Config): Promise<void> {
  const vetting = vettingOf(config);
  await alone(config, vetting.folder, async () => {
    const before = readInstalled(vetting.folder).filter(({ source }) => source === "installed");
    for (const { name } of before) if (forbid(name, vetting.allowed) !== undefined) throw forbidden(name, vetting.allowed);
    const specs = before.map(({ name, tag = "latest", url = `${name}@${tag}` }) => url).filter((spec) => !spec.startsWith("file:"));
    const vetted = specs.length === 0 ? [] : await vetPackages(specs, vetting);
    await commands["plugins:update"].run([], config);
    for (const one of vetted) {
      await compareInstalled(one, vetting);
      const old = before.find(({ name }) => name === one.name)?.version;
      if (old !== one.version) tell(config, one, `is installed in place of ${old ?? "nothing"}`);
    }
  });
}

export async function uninstall(config: Config, names: readonly string[]): Promise<void> {
  await alone(config, pluginFolder(config), () => commands["plugins:uninstall"].run([...names], config));
}

/** @param hard whether the folder goes as well, with whatever is in it */
export async function reset(config: Config, hard: boolean): Promise<void> {
  const folder = pluginFolder(config);
  const names = readInstalled(folder).map(({ name }) => name);
  if (names.length > 0) await uninstall(config, names);
  if (hard) await rm(folder, { recursive: true, force: true });
}

/** More than an install takes. */
const PATIENCE_MS = 300_000;

/** Two at once would spoil the folder for each other. What oclif and npm say on standard output goes nowhere. */
async function alone<T>(config: Config, folder: string, work: () => Promise<T>): Promise<T> {
  const world = worldOf(config);
  world.admitStranger("npm");
  return withLock(path.join(folder, "package.json"), { ...world, patienceMs: PATIENCE_MS }, work);
}

function pluginFolder(config: Config): string {
  const folder = dataFolder(worldOf(config));
  if (folder === undefined) throw new UsageError("there is no home to keep plugins in", { code: "NO_HOME", hint: "set HOME" });
  return folder;
}

function vettingOf(config: Config): Vetting {
  const world = worldOf(config);
  const { npmRegistry } = config;
  if (npmRegistry !== undefined && !URL.canParse(npmRegistry))
    throw new UsageError(`AWS_OKTA_PROCESSOR_NPM_REGISTRY must be a URL, got ${JSON.stringify(npmRegistry)}`, { code: "OPTION_INVALID" });
  const requirePlugins = createRequire(createRequire(path.join(config.root, "package.json")).resolve("@oclif/plugin-plugins"));
  return {
    ...world,
    npm: path.join(path.dirname(requirePlugins.resolve("npm/package.json")), "bin", "npm-cli.js"),
    registry: npmRegistry,
    folder: pluginFolder(config),
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
