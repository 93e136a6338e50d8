import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Factor, Keychain, Shell } from "../index.ts";
import { type Check, demand, Lesson, show } from "./check.ts";
import { type FactorExample, factorChecks } from "./factor-checks.ts";
import { type FormatExample, formatChecks } from "./format-checks.ts";
import { type KeychainExample, keychainChecks } from "./keychain-checks.ts";
import { type Kind, kinds, loadModule } from "./load-module.ts";
import { packageChecks } from "./package-checks.ts";
import { type ShellExample, shellChecks } from "./shell-checks.ts";

/** What each is tried with, by the name that package.json gives it. */
export interface PluginExamples {
  /** Every factor needs one. */
  readonly factors?: Readonly<Record<string, FactorExample>>;
  readonly formats?: Readonly<Record<string, FormatExample>>;
  readonly shells?: Readonly<Record<string, ShellExample>>;
  readonly keychains?: Readonly<Record<string, KeychainExample>>;
}

/**
 * All checks of a built package: of its package.json, and of each module that `awsOktaProcessor` names. Whatever is wrong with the package is
 * a check that fails; this never rejects.
 *
 * @param folder where its package.json is
 */
export async function pluginChecks(folder: string, examples: PluginExamples = {}): Promise<readonly Check[]> {
  const read = await attempt(() => readPackageJson(folder));
  if ("failure" in read) return [failed("package.json: it is there, and is JSON", read.failure)];
  const offers = offersOf(read.value);
  const ofPackage = packageChecks(read.value).map((check) => prefixed("package.json", check));
  const ofExamples: Check = { title: "examples: each is of what package.json names", run: () => checkExamples(examples, offers) };
  const ofModules: Check[] = [];
  // One after another: what several packages do on import must not get mixed up.
  for (const offer of offers) ofModules.push(...(await moduleChecks(folder, offer, examples)));
  return [...ofPackage, ofExamples, ...ofModules];
}

/** One name of what a package offers. */
interface Offer {
  readonly kind: Kind;
  readonly name: string;
  readonly file: string;
}

async function readPackageJson(folder: string): Promise<unknown> {
  const text = await readFile(path.join(folder, "package.json"), "utf8");
  return JSON.parse(text);
}

/** Those that the package checks find nothing wrong with. */
function offersOf(packageJson: unknown): readonly Offer[] {
  const block = recordOf(recordOf(packageJson)["awsOktaProcessor"]);
  return (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    Object.entries(recordOf(block[kind])).flatMap(([name, file]) =>
      typeof file === "string" && file.startsWith("./") && !file.split("/").includes("..") ? [{ kind, name, file }] : [],
    ),
  );
}

async function moduleChecks(folder: string, offer: Offer, examples: PluginExamples): Promise<readonly Check[]> {
  const { kind, name, file } = offer;
  const prefix = `${kinds[kind].name} ${name}`;
  const title = `${prefix}: ${file} loads, and exports ${kinds[kind].name}`;
  const built = await attempt(async () => {
    const value = await loadModule(pathToFileURL(path.resolve(folder, file)), kind);
    return kindChecks(value, offer, examples);
  });
  if ("failure" in built) return [failed(title, built.failure)];
  return [{ title, run: () => undefined }, ...built.value.map((check) => prefixed(prefix, check))];
}

/** The value has been looked at as the host does; what is in it may still be anything. */
function kindChecks(value: object, { kind, name }: Offer, { factors, formats, shells, keychains }: PluginExamples): readonly Check[] {
  if (kind === "formats") return formatChecks(value, formats?.[name]);
  if (kind === "shells") return shellChecks(value as Shell, shells?.[name]);
  if (kind === "keychains") return keychainChecks(value as Keychain, keychains?.[name]);
  const example = factors?.[name];
  return example === undefined ? [exampleWanted(name)] : factorChecks(value as Factor, example);
}

function exampleWanted(name: string): Check {
  const [factorType = "", provider = ""] = name.split(/[:/]/);
  const key = `${factorType}:${provider.replace("*", "acme")}`;
  const enrolled = { key, factorType, provider: provider.replace("*", "acme").toUpperCase(), vendorName: "Acme", profile: {} };
  const example = JSON.stringify({ factors: { [name]: { enrolled } } });
  const lesson = `a factor is tried with what Okta lists for it: give pluginChecks an example such as ${example}; there is none for it`;
  return failed("it has an example", lesson);
}

function checkExamples(examples: PluginExamples, offers: readonly Offer[]): void {
  for (const kind of Object.keys(kinds) as Kind[]) {
    const named = offers.filter((offer) => offer.kind === kind).map(({ name }) => name);
    const odd = Object.keys(examples[kind] ?? {}).find((name) => !named.includes(name));
    demand(
      odd === undefined,
      `an example must be of what package.json names; of ${kind} that is ${show(named)}, and one is of ${show(odd)}`,
    );
  }
}

function prefixed(prefix: string, { title, run }: Check): Check {
  return { title: `${prefix}: ${title}`, run };
}

function failed(title: string, lesson: string): Check {
  return { title, run: () => demand(false, lesson) };
}

async function attempt<T>(action: () => Promise<T>): Promise<{ readonly value: T } | { readonly failure: string }> {
  try {
    return { value: await action() };
  } catch (error) {
    return { failure: error instanceof Lesson ? error.message : show(error instanceof Error ? error.message : error) };
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}
