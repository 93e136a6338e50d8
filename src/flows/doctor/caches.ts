import { accessSync, constants, lstatSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import { type FoundFile, findKeptFiles, type KeptKind, listKept } from "../../cache/kept-files.ts";
import { cacheFolders } from "../../cache/paths.ts";
import { describeSelf, judge } from "../../files/holder.ts";
import { pidOf } from "../../files/holder-text.ts";
import { dig, text } from "../../json.ts";
import type { World } from "../../world.ts";
import { type Finding, note, ok, problem, warning } from "./finding.ts";

type Surroundings = Pick<World, "home" | "now" | "platform">;

const OPEN = "what is kept there is as good as a password until it expires";

/** Folders and files: whose they are, who may read them, and how much of them is worth anything. */
export function lookAtCaches({ home, now, platform }: Surroundings): readonly Finding[] {
  if (home === undefined)
    return [warning("there is no home directory", { why: "nothing is kept, so each command signs in", fix: "set HOME" })];
  const owner = lstatSync(home).uid;
  const files = findKeptFiles(home).filter(({ kind }) => kind !== "lock" && kind !== "heir");
  return [
    ...Object.values(cacheFolders(home)).flatMap((folder) => lookAtFolder(folder, owner, platform)),
    ...files.flatMap((file) => lookAtFile(file, owner, platform)),
    ...summarize(files, now()),
  ];
}

function lookAtFolder(folder: string, owner: number, platform: string): readonly Finding[] {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return [note(`${folder} is not there yet`)];
  if (!stats.isDirectory() && !stats.isSymbolicLink())
    return [problem(`${folder} is no folder`, { why: "nothing can be kept there, so each command signs in", fix: "move it away" })];
  const guarded = platform === "win32" ? [] : lookAtGuard(folder, { stats, owner, mode: "700" });
  return [...guarded, ...(isWritable(folder) ? [] : [cannotWrite(folder)])];
}

function cannotWrite(folder: string): Finding {
  return problem(`${folder} cannot be written`, { why: "nothing is kept there, so each command signs in", fix: `chmod 700 ${folder}` });
}

function lookAtFile({ file, kind, content }: FoundFile, owner: number, platform: string): readonly Finding[] {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (stats.isSymbolicLink()) return [warning(`${file} is a link`, { why: "it is replaced by a file when something is kept" })];
  // What is open is not read at all.
  const isTorn = content === undefined && kind !== "unfinished" && (stats.mode & 0o077) === 0;
  return [
    ...(platform === "win32" ? [] : lookAtGuard(file, { stats, owner, mode: "600" })),
    ...(isTorn ? [warning(`${file} is torn`, { why: "it counts as absent, and the next run replaces it" })] : []),
  ];
}

interface Guard {
  readonly stats: Stats;
  readonly owner: number;
  /** As it should be. */
  readonly mode: string;
}

function lookAtGuard(file: string, { stats, owner, mode }: Guard): readonly Finding[] {
  if (stats.isSymbolicLink()) return [];
  if (stats.uid !== owner)
    return [problem(`${file} belongs to another user`, { why: OPEN, fix: "give it back to yourself with chown, or remove it" })];
  const is = (stats.mode & 0o777).toString(8);
  if ((stats.mode & 0o077) === 0) return [];
  return [problem(`${file} is open to other users (mode ${is})`, { why: OPEN, fix: `chmod ${mode} ${file}` })];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const COUNTED: readonly (readonly [KeptKind, string])[] = [
  ["session", "Okta sessions"],
  ["credentials", "entries of credentials"],
  ["shared", "entries beside botocore's"],
  ["device", "devices"],
  ["unfinished", "unfinished files"],
];

function summarize(files: readonly FoundFile[], now: Date): readonly Finding[] {
  const counts = COUNTED.flatMap(([kind, name]) => {
    const some = files.filter((file) => file.kind === kind && (kind !== "shared" || file.marked));
    const fresh = some.filter((file) => Date.parse(endOf(file) ?? "") > now.getTime()).length;
    if (some.length === 0) return [];
    return [`${name}: ${some.length}${endOf(some[0]) === undefined ? "" : `, not over: ${fresh}`}`];
  });
  return [counts.length === 0 ? note("nothing is kept") : ok(counts.join("; "))];
}

function endOf(file: FoundFile | undefined): string | undefined {
  return text(file?.content?.["expiresAt"]) ?? text(dig(file?.content, "Credentials", "Expiration"));
}

/** Who is at work, and who died at it. */
export async function lookAtLocks(world: Pick<World, "home" | "pid" | "hostName" | "platform">): Promise<readonly Finding[]> {
  const locks = world.home === undefined ? [] : Array.from(listKept(world.home)).filter(({ kind }) => kind === "lock");
  if (locks.length === 0) return [ok("nobody is at work")];
  const self = await describeSelf(world);
  return Promise.all(locks.map(({ file }) => lookAtLock(file, self, world.platform)));
}

async function lookAtLock(file: string, self: string, platform: string): Promise<Finding> {
  const holder = holderOf(file);
  const fate = await judge(holder, self, platform);
  const pid = pidOf(holder);
  const who = pid === undefined ? "a process that is not named" : `process ${pid}`;
  if (fate === "alive") return note(`${who} is at work with ${file}`, "who wants the same waits for it");
  if (fate === "dead") return note(`${who} has died at work with ${file}`, "whoever comes next takes its place; nothing need be done");
  return warning(`${who} of another machine is or was at work with ${file}`, {
    why: "nobody can tell from here whether it lives, so who wants the same waits",
    fix: "if there is no such process any more, remove that file",
  });
}

function holderOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return readFileSync(file, "utf8");
  }
}
