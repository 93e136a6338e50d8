import { UsageError } from "../errors.ts";
import { type Json, record } from "../json.ts";

export type ExtensionKind = "factors" | "formats" | "shells";

/** A package as found on disk; its block is a stranger's and not read yet. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly root: string;
  readonly source: "bundled" | "installed" | "linked";
  /** Whether the program comes with it: this copy, or one that was installed or linked in its place. */
  readonly own: boolean;
  /** `awsOktaProcessor` of its package.json. */
  readonly block: unknown;
}

/** One name that one package offers. */
export interface Extension {
  readonly kind: ExtensionKind;
  readonly name: string;
  readonly package: InstalledPackage;
  /** Of the module, relative to the package: `./dist/push.js`. */
  readonly file: string;
  /** What a format says that it prints; undefined where its package says nothing. */
  readonly prints: readonly unknown[] | undefined;
}

export interface Registry {
  readonly list: (kind: ExtensionKind) => readonly Extension[];
  /** Of a package that offers the name and is not used, for it is written for another contract: who it is and why. */
  readonly refusal: (kind: ExtensionKind, name: string) => string | undefined;
  /** @throws UsageError `EXTENSION_AMBIGUOUS` when two packages claim the name */
  readonly find: (kind: ExtensionKind, name: string) => Found | undefined;
}

export interface Found {
  readonly extension: Extension;
  /** What the person should know of whose code this is. */
  readonly notice: string | undefined;
}

const CONTRACT = 1;

/** Sorted by package name, so that nothing depends on the order in which packages were read. */
export function createRegistry(packages: readonly InstalledPackage[]): Registry {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  const offered = sorted.flatMap(readBlock);
  const claims = (kind: ExtensionKind, name: string) => offered.filter((extension) => extension.kind === kind && extension.name === name);
  return {
    list: (kind) => uniqueNames(offered.filter((extension) => extension.kind === kind && contractOf(extension) === CONTRACT)),
    refusal: (kind, name) => refusalOf(claims(kind, name).filter((claim) => contractOf(claim) !== CONTRACT)),
    find: (kind, name) => pick(claims(kind, name).filter((claim) => contractOf(claim) === CONTRACT)),
  };
}

/** What a package offers, whatever contract it is written for. */
function readBlock(from: InstalledPackage): readonly Extension[] {
  const block = record(from.block);
  return (["factors", "formats", "shells"] as const).flatMap((kind) =>
    Object.entries(record(block?.[kind]) ?? {}).flatMap(([name, file]) =>
      typeof file === "string" ? [{ kind, name: name.toLowerCase(), package: from, file, prints: printsOf(block, name) }] : [],
    ),
  );
}

function printsOf(block: Json | undefined, name: string): readonly unknown[] | undefined {
  const prints = record(block?.["prints"])?.[name];
  return Array.isArray(prints) ? prints : undefined;
}

/** Whether a format may print such a thing, as far as can be known before it is loaded. */
export function mayPrint({ prints }: Extension, what: "roles" | "credentials"): boolean {
  return prints === undefined || prints.includes(what);
}

const contractOf = (extension: Extension): unknown => record(extension.package.block)?.["contract"];

function refusalOf([refused]: readonly Extension[]): string | undefined {
  if (refused === undefined) return undefined;
  const contract = contractOf(refused);
  const named = contract === undefined ? "none" : JSON.stringify(contract);
  return `${refused.package.name} offers ${refused.name}, but is written for contract ${named}, and this program speaks ${CONTRACT}`;
}

/** A linked package replaces anything, a bundled name is reserved, two strangers are an error. */
function pick(claims: readonly Extension[]): Found | undefined {
  const linked = claims.filter((claim) => claim.package.source === "linked");
  const own = claims.filter((claim) => claim.package.own);
  const candidates = linked.length > 0 ? linked : own.length > 0 ? own : claims;
  const [extension, rival] = candidates;
  if (extension === undefined) return undefined;
  if (rival !== undefined) {
    throw new UsageError(`both ${extension.package.name} and ${rival.package.name} offer ${extension.name}`, {
      code: "EXTENSION_AMBIGUOUS",
      hint: `uninstall one of them: aws-okta-processor plugins uninstall ${rival.package.name}`,
    });
  }
  return { extension, notice: noticeOf(extension, claims) };
}

function noticeOf({ name, package: { name: chosen, version, source, own } }: Extension, claims: readonly Extension[]): string | undefined {
  const other = claims.find((claim) => claim.package.name !== chosen);
  if (source === "linked" && (own || other !== undefined)) return `${name} comes from the linked package ${chosen}`;
  if (other !== undefined) return `${name} is the bundled one; ${other.package.name} offers it too and is not used for it`;
  return own && source === "installed" ? `${name} comes from ${chosen} ${version}, installed in place of the bundled one` : undefined;
}

/** Of several claims the one that would be used, or any where that is an error. */
function uniqueNames(extensions: readonly Extension[]): readonly Extension[] {
  const rank = ({ package: { source, own } }: Extension) => (source === "linked" ? 2 : own ? 1 : 0);
  const byName = new Map(extensions.toSorted((a, b) => rank(a) - rank(b)).map((extension) => [extension.name, extension]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
