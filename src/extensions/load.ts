import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Factor, Format, Shell } from "@aws-okta-processor/contract";
import { BugError, UsageError } from "../errors.ts";
import { dig, list } from "../json.ts";
import type { Extension, ExtensionKind, Registry } from "./registry.ts";

/** The extensions of this installation, each loaded when it is chosen. */
export interface Extensions {
  /** The plugin that answers a factor, by Okta's key; the most exact name wins, `token:*` stands for any provider. */
  readonly factor: (key: string, vendorName: string | undefined) => Promise<Loaded<Factor> | undefined>;
  readonly format: (name: string) => Promise<Loaded<Format>>;
  readonly shell: (name: string) => Promise<Loaded<Shell>>;
  readonly hasShell: (name: string) => boolean;
}

export interface Loaded<T> {
  readonly value: T;
  readonly packageName: string;
  /** The hosts that its package says it talks to: `*.example.com`. */
  readonly hosts: readonly string[];
}

/** @param notify is told whose code is used where that is not plain */
export function createExtensions(registry: Registry, notify: (line: string) => void): Extensions {
  const load = async <T>(kind: ExtensionKind, names: readonly string[], read: Reader<T>): Promise<Loaded<T> | undefined> => {
    for (const name of names) {
      const found = registry.find(kind, name);
      if (found === undefined) continue;
      if (found.notice !== undefined) notify(found.notice);
      const { name: packageName, block } = found.extension.package;
      const hosts = list(dig(block, "hosts")).filter((host) => typeof host === "string");
      return { value: await loadModule(found.extension, read), packageName, hosts };
    }
    return undefined;
  };
  const required = async <T>(kind: ExtensionKind, { name, what, option }: Wanted, read: Reader<T>): Promise<Loaded<T>> => {
    const loaded = await load(kind, [name], read);
    if (loaded !== undefined) return loaded;
    const installed = registry.list(kind).map((extension) => extension.name);
    throw new UsageError(registry.refusal(kind, name) ?? `there is no ${what} ${JSON.stringify(name)} (${option})`, {
      code: "EXTENSION_UNKNOWN",
      hint: `installed: ${installed.join(", ")}`,
    });
  };
  return {
    factor: async (key, vendorName) => {
      const names = factorNames(key, vendorName);
      const loaded = await load("factors", names, readFactor);
      const refusals = loaded === undefined ? names.flatMap((name) => registry.refusal("factors", name) ?? []) : [];
      for (const refusal of refusals) notify(refusal);
      return loaded;
    },
    format: (name) => required("formats", { name, what: "format", option: "--output" }, readFormat),
    shell: (name) => required("shells", { name, what: "shell", option: "--target-shell" }, readShell),
    hasShell: (name) => registry.list("shells").some((extension) => extension.name === name),
  };
}

interface Wanted {
  readonly name: string;
  readonly what: string;
  readonly option: string;
}

function factorNames(key: string, vendorName: string | undefined): readonly string[] {
  const type = key.slice(0, key.lastIndexOf(":"));
  return [...(vendorName === undefined ? [] : [`${key}/${vendorName.toLowerCase()}`]), key, `${type}:*`];
}

/** Takes the value out of a module, or undefined if it is not what the contract asks for. */
type Reader<T> = (exported: Readonly<Record<string, unknown>>) => T | undefined;

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "function");

const readFactor: Reader<Factor> = ({ factor }) => (has(factor, "describe", "respond") ? (factor as Factor) : undefined);
const readFormat: Reader<Format> = ({ format }) => (has(format, "roles") || has(format, "credentials") ? (format as Format) : undefined);
const readShell: Reader<Shell> = ({ shell }) => (has(shell, "render", "unset") ? (shell as Shell) : undefined);

async function loadModule<T>(extension: Extension, read: Reader<T>): Promise<T> {
  const from = extension.package;
  const file = path.resolve(from.root, extension.file);
  if (!extension.file.startsWith("./") || !file.startsWith(path.join(from.root, path.sep)))
    throw failed(extension, "names a file outside itself");
  const module: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw failed(extension, "cannot be loaded", error);
  });
  const value = read(module as Readonly<Record<string, unknown>>) ?? read(commonJsExports(module));
  if (value === undefined) throw failed(extension, `has no export ${extension.kind.slice(0, -1)} of the contract's shape`);
  return value;
}

/** What `module.exports` holds, where Node could not see the names in it. */
function commonJsExports(module: unknown): Readonly<Record<string, unknown>> {
  const exported = (module as { readonly default?: unknown }).default;
  return typeof exported === "object" && exported !== null ? (exported as Readonly<Record<string, unknown>>) : {};
}

function failed(extension: Extension, how: string, cause?: unknown): BugError {
  const { name } = extension.package;
  return new BugError(`${name} ${how} (${extension.name})`, {
    code: "PLUGIN_FAILED",
    hint: `report it to its authors, or run: aws-okta-processor plugins uninstall ${name}`,
    cause,
  });
}
