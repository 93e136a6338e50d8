import { existsSync } from "node:fs";
import path from "node:path";
import { type Claim, type ExtensionKind, type InstalledPackage, KINDS, type Registry, showContract } from "../extensions/registry.ts";
import { dig } from "../json.ts";
import { cleanText } from "../terminal/clean.ts";

/** A name that a package offers, as `extensions` lists it. */
export interface ListedExtension {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** As the package states it. */
  readonly contract: string | number;
  readonly source: InstalledPackage["source"];
  /** Why it is not used, null where it is. */
  readonly refused: string | null;
}

export type ListedExtensions = Readonly<Record<ExtensionKind, readonly ListedExtension[]>> & {
  /** Packages of which nothing can be read, or that offer nothing. */
  readonly others: readonly { readonly package: string; readonly version: string; readonly refused: string | null }[];
};

/** Every factor, format, shell and keychain there is, used or not; no module is loaded. */
export function listExtensions(registry: Registry, packages: readonly InstalledPackage[]): ListedExtensions {
  const claims = KINDS.flatMap((kind) => registry.claims(kind));
  const listed = (kind: ExtensionKind) => claims.filter((claim) => claim.kind === kind).map(toListed);
  const silent = packages.filter((one) => one.source !== "bundled" && !claims.some((claim) => claim.package === one));
  return {
    factors: listed("factors"),
    formats: listed("formats"),
    shells: listed("shells"),
    keychains: listed("keychains"),
    others: silent.map(({ name, version, problem }) => ({ package: name, version, refused: problem ?? null })),
  };
}

function toListed({ name, package: from, file, unused }: Claim): ListedExtension {
  const missing = existsSync(path.join(from.root, file)) ? undefined : `has no file ${file}`;
  const { name: packageName, version, source, block } = from;
  return {
    name,
    package: packageName,
    version,
    contract: contractOf(block),
    source,
    refused: unused ?? missing ?? null,
  };
}

/** Names and versions are a stranger's. */
const MOST_SHOWN = 100;

/** A block of lines for each kind that there is one of, in columns. */
export function formatExtensions(listed: ListedExtensions): string {
  const clean = (text: string) => cleanText(text).slice(0, MOST_SHOWN);
  const rows = KINDS.map((kind) =>
    listed[kind].map((one) => [
      clean(one.name),
      clean(`${one.package} ${one.version}`),
      clean(`contract ${one.contract}`),
      cleanText(describe(one.source, one.refused)),
    ]),
  );
  const width = (column: number) => rows.flat().reduce((most, row) => Math.max(most, (row[column] ?? "").length), 0);
  const line = (row: readonly string[]) => row.map((cell, column) => (column === 3 ? cell : cell.padEnd(width(column)))).join("  ");
  const blocks = rows.flatMap((lines, index) =>
    lines.length === 0 ? [] : [[KINDS[index] ?? "", ...lines.map((row) => `  ${line(row)}`)].join("\n")],
  );
  const others = listed.others.map(
    (one) => `  ${clean(`${one.package} ${one.version}`.trim())}  ${cleanText(describe("", one.refused ?? "offers none of these"))}`,
  );
  return `${[...blocks, ...(others.length === 0 ? [] : [["others", ...others].join("\n")])].join("\n\n")}\n`;
}

function describe(source: string, refused: string | null): string {
  return refused === null ? source : `${source === "" ? "" : `${source}, `}not used: ${refused}`;
}

function contractOf(block: unknown): string | number {
  const contract = dig(block, "contract");
  return typeof contract === "number" ? contract : showContract(contract);
}
