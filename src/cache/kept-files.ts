import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Json } from "../json.ts";
import { record } from "../json.ts";
import { UNFINISHED } from "../write-whole.ts";
import { MARK } from "./credentials.ts";
import { sealedPart } from "./keeping.ts";
import { ownerOf, type Person } from "./owner.ts";
import { cacheFolders } from "./paths.ts";
import { type Opening, openPlain, readKeptJson } from "./read.ts";

/** `unfinished` is what a killed write left, `shared` are credentials where botocore keeps its own. */
export type KeptKind = "session" | "device" | "credentials" | "shared" | "outcome" | "unfinished" | "lock" | "organizations";

/** A file of the caches, as its name and its content tell. */
export interface FoundFile {
  readonly file: string;
  readonly kind: KeptKind;
  readonly changedAt: Date;
  /** Undefined where it is no JSON object, or is not read for its kind. */
  readonly content: Json | undefined;
  readonly owner: Person | undefined;
  /** Whether it bears our mark; what stands in folders of our own alone needs none. */
  readonly marked: boolean;
  /** Whether it is encrypted and could not be opened. */
  readonly sealed: boolean;
}

/** That of what a killed write left is ours alone, in any folder. */
const UNFINISHED_NAME = new RegExp(`${UNFINISHED.replaceAll(".", "\\.")}$`);

type Names = readonly (readonly [RegExp, KeptKind])[];

const BESIDE: Names = [
  [/\.lock(?:\..*)?$/s, "lock"],
  [/\.outcome$/, "outcome"],
  [UNFINISHED_NAME, "unfinished"],
];
const SESSIONS: Names = [
  ...BESIDE,
  [/-session\.json$/, "session"],
  [/-device\.json$/, "device"],
  [/^organizations\.json$/, "organizations"],
];
const CREDENTIALS: Names = [...BESIDE, [/^[0-9a-f]{40}\.json$/, "credentials"]];
/** Beside botocore's own, where a name of it alone says nothing. */
const SHARED: Names = [
  [/^[0-9a-f]{40}\.json$/, "shared"],
  [UNFINISHED_NAME, "unfinished"],
];

/**
 * Everything in the caches that has a name as we give it. A folder that cannot be read is empty.
 *
 * @param open takes out what is encrypted
 */
export function findKeptFiles(home: string, open = openPlain): readonly FoundFile[] {
  const { own, credentials, shared } = cacheFolders(home);
  return [...findIn(own, SESSIONS, open), ...findIn(credentials, CREDENTIALS, open), ...findIn(shared, SHARED, open)];
}

function findIn(folder: string, names: Names, open: Opening): readonly FoundFile[] {
  return listNames(folder).flatMap((name) => {
    const kind = names.find(([pattern]) => pattern.test(name))?.[1];
    const file = path.join(folder, name);
    const stats = kind === undefined ? undefined : lstatSync(file, { throwIfNoEntry: false });
    if (kind === undefined || stats === undefined || stats.isDirectory()) return [];
    const outside = kind === "lock" || !stats.isFile() ? undefined : readKeptJson(file);
    const mark = record(outside?.[MARK]);
    const inside = sealedPart(outside) === undefined ? outside : readKeptJson(file, open);
    const sealed = sealedPart(inside) !== undefined || (outside !== undefined && inside === undefined);
    const content = inside ?? outside;
    return [{ file, kind, changedAt: stats.mtime, content, owner: ownerOf(content), marked: mark !== undefined, sealed }];
  });
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
