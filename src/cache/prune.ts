/**
 * Takes away what nobody asks for any more. A file goes if it bears our mark or stands where only we write, and has been of no use for a day:
 * `~/.aws/boto/cache` belongs to botocore, too. What is in doubt stays.
 */
import { link, lstat, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Json, record } from "../json.ts";
import { UNFINISHED } from "../write-whole.ts";
import { MARK } from "./credentials.ts";
import { ownCredentialsFile, sessionFile, sharedCredentialsFile } from "./paths.ts";
import { readKeptJson } from "./read.ts";

/** A clock may be wrong by hours. */
const USELESS_FOR_MS = 86_400_000;

/** Other names in these folders are not ours, or are of use. */
type Kind = "credentials" | "session" | "unfinished" | "outcome" | "lock";

/**
 * @param signal ends it between two files
 * @returns what a lock of yesterday is for: whether its holder is dead is for others to learn
 */
export async function pruneKept(home: string, now: Date, signal: AbortSignal): Promise<readonly string[]> {
  const locked: string[] = [];
  for (const { folder, isOurs } of foldersOf(home)) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (signal.aborted) return locked;
      const kind = kindOf(name, isOurs);
      const file = path.join(folder, name);
      const stats = kind === undefined ? undefined : await lstat(file).catch(() => undefined);
      if (kind === undefined || stats === undefined || now.getTime() - stats.mtimeMs < USELESS_FOR_MS) continue;
      if (kind === "lock") locked.push(file.slice(0, -LOCK.length));
      else if (isUseless(file, { kind, isOurs, now })) await remove(file, stats.ino).catch(() => undefined);
    }
  }
  return locked;
}

const LOCK = ".lock";

function foldersOf(home: string): readonly { readonly folder: string; readonly isOurs: boolean }[] {
  const [cache, own, shared] = [sessionFile(home, "", ""), ownCredentialsFile(home, ""), sharedCredentialsFile(home, "")].map(path.dirname);
  return [
    { folder: cache ?? "", isOurs: true },
    { folder: own ?? "", isOurs: true },
    { folder: shared ?? "", isOurs: false },
  ];
}

function kindOf(name: string, isOurs: boolean): Kind | undefined {
  if (name.endsWith(UNFINISHED)) return "unfinished";
  if (/^[0-9a-f]{40}\.json$/u.test(name)) return "credentials";
  if (!isOurs) return undefined;
  if (name.endsWith("-session.json")) return "session";
  if (name.endsWith(".outcome")) return "outcome";
  return name.endsWith(LOCK) ? "lock" : undefined;
}

function isUseless(file: string, { kind, isOurs, now }: { kind: Kind; isOurs: boolean; now: Date }): boolean {
  if (kind === "unfinished" || kind === "outcome") return true;
  const json = readKeptJson(file);
  // A session that cannot be read may be one that is encrypted, and last.
  if (json === undefined) return isOurs && kind === "credentials";
  const end = Date.parse(String(endOf(json, kind)));
  return record(json[MARK]) !== undefined && now.getTime() - end >= USELESS_FOR_MS;
}

/** What is encrypted says when it ends beside that. */
function endOf(json: Json, kind: Kind): unknown {
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
