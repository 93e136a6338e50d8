import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Factor, Format, Keychain, Shell } from "@aws-okta-processor/contract";
import { AppError, UsageError } from "../errors.ts";
import { dig, list } from "../json.ts";
import type { World } from "../world.ts";
import { callOwn, createGuard, failed } from "./guard.ts";
import { type Guarding, guardFactor, guardFormat, guardKeychain, guardShell } from "./guarded.ts";
import type { Extension, ExtensionKind, Found, InstalledPackage, Registry } from "./registry.ts";

/** The extensions of this installation, each loaded when it is chosen. */
export interface Extensions {
  /** The plugin that answers a factor, by Okta's key; the most exact name wins, `token:*` stands for any provider. */
  readonly factor: (key: string, vendorName: string | undefined) => Promise<Loaded<Factor> | undefined>;
  readonly format: (name: string) => Promise<Loaded<Format>>;
  readonly shell: (name: string) => Promise<Loaded<Shell>>;
  readonly hasShell: (name: string) => boolean;
  /** @param option where the name was given, for messages */
  readonly keychain: (name: string, option: string) => Promise<Loaded<Keychain>>;
  /** The names of those that can be used. */
  readonly keychains: () => readonly string[];
}

export interface Loaded<T> {
  readonly value: T;
  readonly packageName: string;
  /** The hosts that its package says it talks to: `*.example.com`. */
  readonly hosts: readonly string[];
}

/** What it takes to load a stranger's code. */
export interface Loading extends Pick<World, "doze" | "signal" | "now"> {
  /** Is told whose code is used where that is not plain. */
  readonly notify: (line: string) => void;
  /** Is told of a package that did not come with the program, before it is loaded. */
  readonly introduce: (stranger: InstalledPackage) => void;
}

export function createExtensions(registry: Registry, loading: Loading): Extensions {
  const load = async <T>(kind: ExtensionKind, names: readonly string[], reader: Reader<T>): Promise<Loaded<T> | undefined> => {
    const found = firstOf(registry, kind, names);
    if (found === undefined) return undefined;
    if (found.notice !== undefined) loading.notify(found.notice);
    const from = found.extension.package;
    const hosts = list(dig(from.block, "hosts")).filter((host) => typeof host === "string");
    if (from.source === "bundled") return { value: await loadModule(found.extension, reader), packageName: from.name, hosts };
    loading.introduce(from);
    const guarding = { ...loading, packageName: from.name, call: createGuard(from.name) };
    const value = reader.guard(await loadModule(found.extension, reader, guarding), guarding);
    return { value, packageName: from.name, hosts };
  };
  const required = async <T>(kind: ExtensionKind, { name, what, option }: Wanted, reader: Reader<T>): Promise<Loaded<T>> => {
    const loaded = await load(kind, [name], reader);
    if (loaded !== undefined) return loaded;
    const installed = registry.list(kind).map((extension) => extension.name);
    throw new UsageError(registry.refusal(kind, name) ?? `there is no ${what} ${JSON.stringify(name)} (${option})`, {
      code: "EXTENSION_UNKNOWN",
      hint: installed.length > 0 || kind !== "keychains" ? `installed: ${installed.join(", ")}` : INSTALL_KEYCHAIN,
    });
  };
  return {
    factor: async (key, vendorName) => {
      const names = factorNames(key, vendorName);
      const loaded = await load("factors", names, readFactor);
      const refusals = loaded === undefined ? names.flatMap((name) => registry.refusal("factors", name) ?? []) : [];
      for (const refusal of refusals) loading.notify(refusal);
      return loaded;
    },
    format: (name) => required("formats", { name, what: "format", option: "--output" }, readFormat),
    shell: (name) => required("shells", { name, what: "shell", option: "--target-shell" }, readShell),
    hasShell: (name) => registry.list("shells").some((extension) => extension.name === name),
    keychain: (name, option) => required("keychains", { name, what: "keychain", option }, readKeychain),
    keychains: () => registry.list("keychains").map((extension) => extension.name),
  };
}

/** None comes with the program, for it would bring native code along. */
const INSTALL_KEYCHAIN = "none comes with the program: aws-okta-processor plugins install @aws-okta-processor/keychain-os";

interface Wanted {
  readonly name: string;
  readonly what: string;
  readonly option: string;
}

function factorNames(key: string, vendorName: string | undefined): readonly string[] {
  const type = key.slice(0, key.lastIndexOf(":"));
  return [...(vendorName === undefined ? [] : [`${key}/${vendorName.toLowerCase()}`]), key, `${type}:*`];
}

function firstOf(registry: Registry, kind: ExtensionKind, names: readonly string[]): Found | undefined {
  for (const name of names) {
    const found = registry.find(kind, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How a kind of value is taken out of a module. */
interface Reader<T> {
  /** @returns undefined if it is not what the contract asks for */
  readonly read: (exported: Exports) => T | undefined;
  readonly guard: (value: T, guarding: Guarding) => T;
}

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "function");

const readFactor: Reader<Factor> = {
  read: ({ factor }) => (has(factor, "describe", "respond") ? (factor as Factor) : undefined),
  guard: guardFactor,
};
const readFormat: Reader<Format> = {
  read: ({ format }) => (has(format, "roles") || has(format, "credentials") ? (format as Format) : undefined),
  guard: guardFormat,
};
const readShell: Reader<Shell> = {
  read: ({ shell }) => (has(shell, "render", "unset") ? (shell as Shell) : undefined),
  guard: guardShell,
};
const readKeychain: Reader<Keychain> = {
  read: ({ keychain }) => (has(keychain, "get", "set", "delete") ? (keychain as Keychain) : undefined),
  guard: guardKeychain,
};

/** @param guarding what runs a stranger's code, undefined for ours */
async function loadModule<T>({ name, file, kind, package: from }: Extension, { read }: Reader<T>, guarding?: Guarding): Promise<T> {
  const target = path.resolve(from.root, file);
  if (!file.startsWith("./") || !target.startsWith(path.join(from.root, path.sep)))
    throw failed(from.name, `names a file outside itself (${name})`);
  const call = guarding?.call ?? callOwn;
  try {
    const module = guarding === undefined ? requireFile(target) : await loadStranger(target, guarding);
    const value = call(() => read(module) ?? read(commonJsExports(module)));
    if (value !== undefined) return value;
  } catch (error) {
    throw error instanceof AppError ? error : failed(from.name, `cannot be loaded (${name})`, error);
  }
  throw failed(from.name, `has no export ${kind.slice(0, -1)} of the contract's shape (${name})`);
}

type Exports = Readonly<Record<string, unknown>>;

const MOST_MS_TO_LOAD = 10_000;

/** Whatever kind of module it is, it is required: that is faster, and can be interrupted. */
function requireFile(file: string): Exports {
  return createRequire(file)(file) as Exports;
}

/** A module that waits for something must be imported. */
async function loadStranger(file: string, { call, doze, signal }: Guarding): Promise<Exports> {
  try {
    return call(() => requireFile(file), MOST_MS_TO_LOAD);
  } catch (error) {
    if ((error as { readonly code?: unknown } | undefined)?.code !== "ERR_REQUIRE_ASYNC_MODULE") throw error;
  }
  const loaded = new AbortController();
  const late = doze(MOST_MS_TO_LOAD, AbortSignal.any([loaded.signal, signal])).then(() => {
    throw new Error("it waits for ever");
  });
  try {
    return await Promise.race([call(() => import(pathToFileURL(file).href) as Promise<Exports>), late]);
  } finally {
    loaded.abort();
    late.catch(() => undefined);
  }
}

/** What `module.exports` holds, where Node could not see the names in it. */
function commonJsExports({ default: exported }: Exports): Exports {
  return typeof exported === "object" && exported !== null ? (exported as Exports) : {};
}
