import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { UsageError } from "../../errors.ts";
import { type AllowList, forbid } from "../../extensions/allow-list.ts";
import { KINDS, refuseContract } from "../../extensions/registry.ts";
import { dig, type Json, parseRecord, record, text } from "../../json.ts";
import { checkSignatures } from "./check-signatures.ts";
import { type NpmPlace, npmFailed, runNpm } from "./npm.ts";

/** A package that may be installed, and what there is to say of it. */
export interface Vetted {
  readonly name: string;
  readonly version: string;
  /** npm's checksum of what was looked at; undefined where npm has none. */
  readonly integrity: string | undefined;
  /** What it offers: `factor token:*, shell rc`. */
  readonly offers: string;
  /** Whether anybody vouches for it, in words. */
  readonly signature: string;
}

export interface Vetting extends NpmPlace {
  /** The person's plugin folder. */
  readonly folder: string;
  /** The name of the program's own package. */
  readonly host: string;
  readonly allowed: AllowList;
}

/**
 * Gets packages into a folder of their own, which is thrown away, and looks at them there before any of their code could run.
 *
 * @param specs as npm takes them: `acme-factor@1`, `file:/tmp/acme.tgz`, `git+https://…`
 * @throws UsageError `PACKAGE_UNKNOWN`, `PACKAGE_FORBIDDEN`, `PACKAGE_UNSUITABLE`; RefusedError `SIGNATURE_INVALID`; RemoteError `NPM_FAILED`
 */
export async function vetPackages(specs: readonly string[], vetting: Vetting): Promise<readonly Vetted[]> {
  await mkdir(vetting.folder, { recursive: true, mode: 0o700 });
  await removeStages(vetting.folder);
  const stage = await mkdtemp(path.join(vetting.folder, STAGE));
  try {
    await writeFile(path.join(stage, "package.json"), '{"private":true}');
    const got = await runNpm(vetting, stage, ["install", ...specs]);
    if (got.exitCode !== 0) throw npmFailed(specs.join(", "), got);
    const dependencies = record((await readJson(path.join(stage, "package.json")))?.["dependencies"]) ?? {};
    const lock = record((await readJson(path.join(stage, "package-lock.json")))?.["packages"]) ?? {};
    const packages = await Promise.all(Object.keys(dependencies).map((name) => vetOne({ stage, name, lock }, vetting)));
    const isRegistrys = ({ name }: { readonly name: string }) => !String(dependencies[name]).includes(":");
    const signatures = packages.some(isRegistrys) ? await checkSignatures(vetting, stage) : undefined;
    return packages.map((one) => ({ ...one, signature: (isRegistrys(one) ? signatures?.of(one.name) : undefined) ?? NO_REGISTRY }));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

const STAGE = ".looked-at-";

const NO_REGISTRY = "it comes from no registry, so that nobody has signed it";

/** Of those that were killed. */
async function removeStages(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith(STAGE)) await rm(path.join(folder, name), { recursive: true, force: true });
}

interface Staged {
  readonly stage: string;
  readonly name: string;
  /** `packages` of the lock file, by folder. */
  readonly lock: Json;
}

async function vetOne({ stage, name, lock }: Staged, { host, allowed }: Vetting): Promise<Omit<Vetted, "signature">> {
  const packageJson = (await readJson(path.join(stage, "node_modules", name, "package.json"))) ?? {};
  refuseUnsuitable(name, packageJson, allowed);
  if (packageJson["name"] !== name)
    throw unsuitable(`${name} calls itself ${JSON.stringify(packageJson["name"])}`, "install it by the name that it has");
  if (dig(packageJson, "oclif", "commands") !== undefined && !existsSync(path.join(stage, "node_modules", name, "oclif.manifest.json")))
    throw unsuitable(
      `${name} has commands and no oclif.manifest.json, so that its code would run as it is installed`,
      "its authors must run: oclif manifest",
    );
  const isHost = ([folder, entry]: readonly [string, unknown]) => folder.endsWith(`node_modules/${host}`) || dig(entry, "name") === host;
  if (Object.entries(lock).some(isHost))
    throw unsuitable(
      `${name} brings a second ${host} along`,
      "its authors must take that out of its dependencies; the types are in @aws-okta-processor/contract",
    );
  return {
    name,
    version: text(packageJson["version"]) ?? "",
    integrity: text(record(lock[`node_modules/${name}`])?.["integrity"]),
    offers: offersOf(packageJson),
  };
}

/** @throws UsageError `PACKAGE_FORBIDDEN`, `PACKAGE_UNSUITABLE` */
export function refuseUnsuitable(name: string, packageJson: Json, allowed: AllowList): void {
  if (forbid(name, allowed) !== undefined) throw forbidden(name, allowed);
  if (packageJson["oclif"] === undefined) throw unsuitable(`${name} is no plugin: its package.json has no "oclif"`);
  const block = record(packageJson["awsOktaProcessor"]);
  const refused = block === undefined ? undefined : refuseContract(block);
  if (refused !== undefined) throw unsuitable(`${name} ${refused}`, "look for another version of it");
}

export function forbidden(name: string, allowed: AllowList): UsageError {
  return new UsageError(`${name} ${forbid(name, allowed) ?? "is allowed"}`, {
    code: "PACKAGE_FORBIDDEN",
    hint: "ask whoever set that list to add it",
  });
}

export function offersOf(packageJson: Json): string {
  const block = record(packageJson["awsOktaProcessor"]);
  const offered = KINDS.flatMap((kind) => Object.keys(record(block?.[kind]) ?? {}).map((name) => `${kind.slice(0, -1)} ${name}`));
  return offered.length === 0 ? "commands alone" : offered.join(", ");
}

function unsuitable(problem: string, hint?: string): UsageError {
  return new UsageError(problem, { code: "PACKAGE_UNSUITABLE", hint });
}

async function readJson(file: string): Promise<Json | undefined> {
  return parseRecord(await readFile(file, "utf8").catch(() => ""));
}
