/**
 * Takes away what nobody asks for any more. A file goes if it bears our mark or stands where only we write, and has been of no use for a day:
 * `~/.aws/boto/cache` belongs to botocore, too. What is in doubt stays.
 */
import { link, lstat, rename, rm } from "node:fs/promises";
import { type Json, record } from "../json.ts";
import { UNFINISHED } from "../write-whole.ts";
import { MARK } from "./credentials.ts";
import { fileOfLock, type KeptKind, listKept } from "./kept-files.ts";
import { readKeptJson } from "./read.ts";

/** A clock may be wrong by hours. */
const USELESS_FOR_MS = 86_400_000;

/**
 * @param signal ends it between two files
 * @returns what a lock of yesterday is for: whether its holder is dead is for others to learn
 */
export async function pruneKept(home: string, now: Date, signal: AbortSignal): Promise<readonly string[]> {
  const locked: string[] = [];
  for (const { file, kind, stats } of listKept(home)) {
    if (signal.aborted) return locked;
    if (now.getTime() - stats.mtimeMs < USELESS_FOR_MS) continue;
    if (kind === "lock") locked.push(fileOfLock(file));
    else if (isUseless(file, kind, now)) await remove(file, stats.ino).catch(() => undefined);
  }
  return locked;
}

function isUseless(file: string, kind: KeptKind, now: Date): boolean {
  switch (kind) {
    case "unfinished":
    case "outcome":
      return true;
    case "session":
    case "credentials":
    case "shared":
      return hasEnded(file, kind, now);
    default:
      return false;
  }
}

function hasEnded(file: string, kind: "session" | "credentials" | "shared", now: Date): boolean {
  const json = readKeptJson(file);
  // A session that cannot be read may be one that is encrypted, and last; another's file is not ours to judge.
  if (json === undefined) return kind === "credentials";
  const end = Date.parse(String(endOf(json, kind)));
  return record(json[MARK]) !== undefined && now.getTime() - end >= USELESS_FOR_MS;
}

/** What is encrypted says when it ends beside that. */
function endOf(json: Json, kind: KeptKind): unknown {
  const sealedUntil = record(json[MARK])?.["ends"];
  if (sealedUntil !== undefined) return sealedUntil;
  return kind === "session" ? json["expiresAt"] : record(json["Credentials"])?.["Expiration"];
}

/** What another has put in its place since then is given back. */
async function remove(file: string, ino: number): Promise<void> {
  const gone = `${file}.gone${UNFINISHED}`;
  await rename(file, gone);
  if ((await lstat(gone)).ino !== ino) await link(gone, file);
  await rm(gone);
}
