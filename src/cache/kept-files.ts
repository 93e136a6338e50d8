import { lstatSync, readdirSync, type Stats } from "node:fs";
import path from "node:path";
import type { Json } from "../json.ts";
import { record } from "../json.ts";
import { UNFINISHED } from "../write-whole.ts";
import { MARK } from "./credentials.ts";
import { sealedPart } from "./keeping.ts";
import { ownerOf, type Person } from "./owner.ts";
import { cacheFolders } from "./paths.ts";
import { type Opening, openPlain, readKeptJson } from "./read.ts";

/**
 * `unfinished` is what a killed write left, `heir` what somebody left who died on the way to a dead one's lock, `shared` are credentials where
 * botocore keeps its own.
 */
export type KeptKind = "session" | "device" | "credentials" | "shared" | "outcome" | "unfinished" | "lock" | "heir" | "organizations";

/** A file of the caches by its name; a link, a device or a pipe may stand there. */
export interface ListedFile {
  readonly file: string;
  readonly kind: KeptKind;
  readonly stats: Stats;
}

/** The same, and what its content tells. */
export interface FoundFile extends ListedFile {
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
  [/\.lock$/, "lock"],
  [/\.lock\..*$/s, "heir"],
  [/\.outcome$/, "outcome"],
  [UNFINISHED_NAME, "unfinished"],
];
const SESSIONS: Names = [
  ...BESIDE,
  [/-session\.json$/, "session"],
  [/-device\.json$/, "device"],
  [/^organizations\.json$/, "organizations"],
];
/** Those of earlier versions were longer. */
const CREDENTIALS: Names = [...BESIDE, [/^(?:[0-9a-f]{16}|[0-9a-f]{40})\.json$/, "credentials"]];
/** Beside botocore's own, where a name of it alone says nothing. */
const SHARED: Names = [
  [/^[0-9a-f]{40}\.json$/, "shared"],
  [UNFINISHED_NAME, "unfinished"],
];

/** Everything in the caches that has a name as we give it, looked at one by one. A folder that cannot be read is empty. */
export function* listKept(home: string): Generator<ListedFile> {
  const { own, credentials, shared } = cacheFolders(home);
  yield* listIn(own, SESSIONS);
  yield* listIn(credentials, CREDENTIALS);
  yield* listIn(shared, SHARED);
}

/** The same, read. @param open takes out what is encrypted */
export function findKeptFiles(home: string, open = openPlain): readonly FoundFile[] {
  return Array.from(listKept(home), (listed) => readListed(listed, open));
}

/** What a lock is for: the file beside it. */
export function fileOfLock(lock: string): string {
  return lock.slice(0, -".lock".length);
}

function* listIn(folder: string, names: Names): Generator<ListedFile> {
  for (const name of listNames(folder)) {
    const kind = names.find(([pattern]) => pattern.test(name))?.[1];
    const file = path.join(folder, name);
    const stats = kind === undefined ? undefined : lstatSync(file, { throwIfNoEntry: false });
    if (kind !== undefined && stats?.isDirectory() === false) yield { file, kind, stats };
  }
}

function readListed({ file, kind, stats }: ListedFile, open: Opening): FoundFile {
  const outside = kind === "lock" || kind === "heir" || !stats.isFile() ? undefined : readKeptJson(file);
  const mark = record(outside?.[MARK]);
  const inside = sealedPart(outside) === undefined ? outside : readKeptJson(file, open);
  const sealed = sealedPart(inside) !== undefined || (outside !== undefined && inside === undefined);
  const content = inside ?? outside;
  return { file, kind, stats, content, owner: ownerOf(content), marked: mark !== undefined, sealed };
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
