import { isBuiltin } from "node:module";
import { UsageError } from "../errors.ts";
import type { ExtensionKind } from "./registry.ts";

export const PLUGIN_KINDS = ["factor", "format", "shell", "keychain"] as const;

export type PluginKind = (typeof PLUGIN_KINDS)[number];

export const EXTENSIONS_OF = { factor: "factors", format: "formats", shell: "shells", keychain: "keychains" } as const satisfies Record<
  PluginKind,
  ExtensionKind
>;

/** The longest name that npm takes. */
const LONGEST = 214;

/**
 * Whether npm takes a new package of this name.
 *
 * @see https://github.com/npm/validate-npm-package-name
 */
function isPackageName(name: string): boolean {
  const isWord = /^(?:@[a-z\d][a-z\d._-]*\/)?[a-z\d][a-z\d._-]*$/.test(name);
  return isWord && name.length <= LONGEST && !isBuiltin(name) && !["node_modules", "favicon.ico"].includes(name);
}

/** @throws UsageError `NAME_INVALID` */
export function checkPackageName(name: string): void {
  if (isPackageName(name)) return;
  throw new UsageError(`${JSON.stringify(name)} cannot be the name of a new package`, {
    code: "NAME_INVALID",
    hint: "npm takes lower-case letters, digits, - . and _, as in aws-okta-processor-shell-rc or @acme/okta-shell-rc",
  });
}

/** Okta's `factorType:provider`, with `/vendorname` behind it where two of one provider differ. */
const FACTOR = /^[a-z\d_]+(?::[a-z\d_]+)*:(?:[a-z\d_]+|\*)(?:\/[a-z\d._-]+)?$/;
const WORD = /^[a-z\d][a-z\d._+-]*$/;

const EXPECTED: Readonly<Record<PluginKind, string>> = {
  factor: "it is Okta's factorType:provider in lower case, as token:acme; token:* stands for any provider",
  format: "lower-case letters, digits, and . _ + - between them, as markdown",
  shell: "lower-case letters, digits, and . _ + - between them, as rc",
  keychain: "lower-case letters, digits, and . _ + - between them, as pass",
};

/** @throws UsageError `NAME_INVALID` */
export function checkExtensionName(kind: PluginKind, name: string): void {
  if ((kind === "factor" ? FACTOR : WORD).test(name)) return;
  throw new UsageError(`${JSON.stringify(name)} cannot be the name of a ${kind} (--name)`, { code: "NAME_INVALID", hint: EXPECTED[kind] });
}

/** What a package is called by its name: `@acme/okta-shell-rc` has the shell `rc`. A factor's name is Okta's, and cannot be told from it. */
export function nameIn(packageName: string, kind: PluginKind): string {
  if (kind === "factor") return "token:*";
  const last = folderOf(packageName);
  const [, behindKind] = new RegExp(`(?:^|-)${kind}-(.+)$`).exec(last) ?? [];
  return behindKind ?? last.replace(/^(?:aws-)?okta-(?:processor-)?(?=.)/, "");
}

/** What stands behind the scope. */
export function folderOf(packageName: string): string {
  return packageName.slice(packageName.indexOf("/") + 1);
}

/** One factor that Okta may list and that this name answers. */
export function factorLike(name: string): { readonly [part in "key" | "factorType" | "provider" | "vendorName"]: string } {
  const [key = "", vendorName = "Acme"] = name.replace("*", "acme").split("/");
  const colon = key.lastIndexOf(":");
  return { key, factorType: key.slice(0, colon), provider: key.slice(colon + 1).toUpperCase(), vendorName };
}
