import { UsageError } from "../errors.ts";
import { record } from "../json.ts";

export type ExtensionKind = "factors" | "formats" | "shells";

/** A package as found on disk; its block is a stranger's and not read yet. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly root: string;
  readonly source: "bundled" | "installed" | "linked";
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
}

/** A package that offers nothing, and why. */
export interface Refusal {
  readonly package: InstalledPackage;
  readonly reason: string;
}

export interface Registry {
  readonly list: (kind: ExtensionKind) => readonly Extension[];
  readonly refusals: readonly Refusal[];
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
  const read = sorted.map((from) => ({ from, offer: readBlock(from) }));
  const offered = read.flatMap(({ offer }) => (typeof offer === "string" ? [] : offer));
  return {
    list: (kind) => uniqueNames(offered.filter((extension) => extension.kind === kind)),
    refusals: read.flatMap(({ from, offer }) => (typeof offer === "string" ? [{ package: from, reason: offer }] : [])),
    find: (kind, name) => pick(offered.filter((extension) => extension.kind === kind && extension.name === name)),
  };
}

/** What a package offers, or why it is refused. */
function readBlock(from: InstalledPackage): readonly Extension[] | string {
  const block = record(from.block);
  if (block === undefined) return [];
  if (block["contract"] !== CONTRACT)
    return `it is written for contract ${JSON.stringify(block["contract"])}, this program speaks ${CONTRACT}`;
  return (["factors", "formats", "shells"] as const).flatMap((kind) =>
    Object.entries(record(block[kind]) ?? {}).flatMap(([name, file]) =>
      typeof file === "string" ? [{ kind, name: name.toLowerCase(), package: from, file }] : [],
    ),
  );
}

/** A linked package replaces anything, a bundled name is reserved, two strangers are an error. */
function pick(claims: readonly Extension[]): Found | undefined {
  const linked = claims.filter((claim) => claim.package.source === "linked");
  const bundled = claims.filter((claim) => claim.package.source === "bundled");
  const candidates = linked.length > 0 ? linked : bundled.length > 0 ? bundled : claims;
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

function noticeOf(chosen: Extension, claims: readonly Extension[]): string | undefined {
  const other = claims.find((claim) => claim !== chosen);
  if (other === undefined) return undefined;
  if (chosen.package.source === "linked") return `${chosen.name} comes from the linked package ${chosen.package.name}`;
  return `${chosen.name} is the bundled one; ${other.package.name} offers it too and is not used for it`;
}

function uniqueNames(extensions: readonly Extension[]): readonly Extension[] {
  const byName = new Map(extensions.map((extension) => [extension.name, extension]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
