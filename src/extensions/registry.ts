import { UsageError } from "../errors.ts";
import { type Json, record } from "../json.ts";

export type ExtensionKind = "factors" | "formats" | "shells" | "keychains";

export const KINDS: readonly ExtensionKind[] = ["factors", "formats", "shells", "keychains"];

/** A package with its block, which is a stranger's and not read yet. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly root: string;
  readonly source: "bundled" | "installed" | "linked";
  /** Whether the program comes with it: this copy, or one that was installed or linked in its place. */
  readonly own: boolean;
  /** `awsOktaProcessor` of its package.json. */
  readonly block: unknown;
  /** Why nothing of it is used: `is not allowed (…)`. */
  readonly problem?: string | undefined;
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
  /** Why it is not used, whoever else offers the name: `is written for contract 2, …`. */
  readonly refused: string | undefined;
}

/** The same with what becomes of it beside the others. */
export interface Claim extends Extension {
  /** Why it is not used: refused, or another holds the name. */
  readonly unused: string | undefined;
}

export interface Registry {
  /** Each name that can be used, once. */
  readonly list: (kind: ExtensionKind) => readonly Extension[];
  /** Every name of every package, used or not. */
  readonly claims: (kind: ExtensionKind) => readonly Claim[];
  /** Who offers the name and is not used, and why. */
  readonly refusal: (kind: ExtensionKind, name: string) => string | undefined;
  /** @throws UsageError `EXTENSION_AMBIGUOUS` when two packages claim the name */
  readonly find: (kind: ExtensionKind, name: string) => Found | undefined;
}

export interface Found {
  readonly extension: Extension;
  /** What the person should know of whose code this is. */
  readonly notice: string | undefined;
}

/** The number of the contract that this program speaks. */
const CONTRACT = 1;

/** Sorted by package name, so that nothing depends on the order in which packages were read. */
export function createRegistry(packages: readonly InstalledPackage[]): Registry {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  const offered = sorted.flatMap(readBlock);
  const byName = new Map<string, Extension[]>();
  for (const one of offered) {
    const claims = byName.get(`${one.kind} ${one.name}`);
    if (claims === undefined) byName.set(`${one.kind} ${one.name}`, [one]);
    else claims.push(one);
  }
  const namesakes = (kind: ExtensionKind, name: string): readonly Extension[] => byName.get(`${kind} ${name}`) ?? [];
  const usable = (kind: ExtensionKind, name: string) => namesakes(kind, name).filter(({ refused }) => refused === undefined);
  const namesOf = (kind: ExtensionKind) => [...new Set(offered.filter((one) => one.kind === kind).map(({ name }) => name))].sort();
  return {
    list: (kind) => namesOf(kind).flatMap((name) => holders(usable(kind, name))[0] ?? []),
    claims: (kind) =>
      namesOf(kind).flatMap((name) => namesakes(kind, name).map((one) => ({ ...one, unused: unusedOf(one, usable(kind, name)) }))),
    refusal: (kind, name) => refusalOf(namesakes(kind, name).find(({ refused }) => refused !== undefined)),
    find: (kind, name) => pick(usable(kind, name)),
  };
}

/** What a package offers, whatever contract it is written for. */
function readBlock(from: InstalledPackage): readonly Extension[] {
  const block = record(from.block);
  return KINDS.flatMap((kind) =>
    Object.entries(record(block?.[kind]) ?? {}).flatMap(([name, file]) =>
      typeof file === "string"
        ? [
            {
              kind,
              name: name.toLowerCase(),
              package: from,
              file,
              prints: printsOf(block, name),
              refused: from.problem ?? refuseContract(block),
            },
          ]
        : [],
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

/** @returns why a package of this block cannot be used */
export function refuseContract(block: Json | undefined): string | undefined {
  const contract = block?.["contract"];
  const named = contract === undefined ? "none" : showContract(contract);
  return contract === CONTRACT ? undefined : `is written for contract ${named}, and this program speaks ${CONTRACT}`;
}

/** What a package states may be anything. */
export function showContract(contract: unknown): string {
  return typeof contract === "number" || typeof contract === "string" ? JSON.stringify(contract).slice(0, 40) : "of no number";
}

function refusalOf(refused: Extension | undefined): string | undefined {
  return refused === undefined ? undefined : `${refused.package.name} offers ${refused.name}, but ${refused.refused ?? ""}`;
}

/** A linked package replaces anything; a bundled name is reserved for the bundled package and for what was installed in its place. */
const rankOf = ({ package: { source, own } }: Extension): number => (source === "linked" ? 3 : own ? (source === "installed" ? 2 : 1) : 0);

/** Of several claims those that come first: one, or several of which none may be preferred. */
function holders(claims: readonly Extension[]): readonly Extension[] {
  const highest = claims.reduce((rank, claim) => Math.max(rank, rankOf(claim)), 0);
  return claims.filter((claim) => rankOf(claim) === highest);
}

function unusedOf(claim: Extension, usable: readonly Extension[]): string | undefined {
  if (claim.refused !== undefined) return claim.refused;
  const [holder, rival] = holders(usable);
  if (holder === undefined || (holder === claim && rival === undefined)) return undefined;
  if (rival !== undefined && rankOf(claim) === rankOf(holder))
    return `is offered by ${holder === claim ? rival.package.name : holder.package.name} too`;
  return `is taken by the ${holder.package.source} ${holder.package.name} ${holder.package.version}`;
}

function pick(claims: readonly Extension[]): Found | undefined {
  const [extension, rival] = holders(claims);
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
