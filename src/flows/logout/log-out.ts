import { type FoundFile, fileOfLock, findKeptFiles, listKept } from "../../cache/kept-files.ts";
import type { Person } from "../../cache/owner.ts";
import { signInFile } from "../../cache/paths.ts";
import type { Opening } from "../../cache/read.ts";
import { closeKept, removeForGood } from "../../cache/write.ts";
import { describeSelf } from "../../files/holder.ts";
import type { Send } from "../../http/send.ts";
import type { World } from "../../world.ts";
import { choosePeople, type Wanted } from "./choose-people.ts";
import { type EndedSession, endSessions } from "./end-sessions.ts";
import { takeIfFree } from "./take-if-free.ts";
import { whatGoes } from "./what-goes.ts";

export interface LoggedOut {
  readonly people: readonly Person[];
  readonly removed: readonly FoundFile[];
  /** The system's code for why a file is still there. */
  readonly notRemoved: readonly { readonly file: string; readonly code: string }[];
  readonly sessions: readonly EndedSession[];
  /** Those who are at work, and may keep something afterwards: locks as they name their holder. */
  readonly busy: readonly string[];
}

export interface LogoutParts {
  readonly world: World;
  readonly send: Send;
  /** Opens what is encrypted. */
  readonly open: Opening;
  /** Values of `--key` that name credentials of the original's. */
  readonly keys: readonly string[];
  /** Whether nothing is done but told. */
  readonly dryRun: boolean;
}

/**
 * Removes what is kept of those people, and then ends their sessions at Okta: what lies on the disk goes whether the org can be reached or
 * not. Nobody begins to sign one of them in meanwhile; who is at it already is not waited for.
 *
 * @throws UsageError `SIGN_IN_AMBIGUOUS`, CancelledError
 */
export async function logOut({ world, send, open, keys, dryRun }: LogoutParts, wanted: Wanted): Promise<LoggedOut> {
  const { home } = world;
  if (home === undefined) return { people: [], removed: [], notRemoved: [], sessions: [], busy: [] };
  // What was open to others is read only when it is closed.
  if (!dryRun)
    await closeKept(
      Array.from(listKept(home)).flatMap(({ file, kind }) => (kind === "session" ? [file] : [])),
      world.platform,
    );
  const people = choosePeople(wanted, findKeptFiles(home, open));
  const turns = await Promise.all(people.map((person) => takeIfFree(signInFile(home, person.user, person.organization), world)));
  try {
    const files = findKeptFiles(home, open);
    const going = whatGoes(files, { home, people, all: wanted.all, keys, now: world.now() });
    const notRemoved = dryRun ? [] : await removeAll(going);
    const busy = dryRun ? [] : await freeLocks(files, world);
    const sessions = await endSessions(going, { send, people, home, now: world.now(), dryRun });
    const left = new Set(notRemoved.map(({ file }) => file));
    return { people, removed: going.filter(({ file }) => !left.has(file)), notRemoved, sessions, busy };
  } finally {
    for (const turn of turns) await turn?.held?.release();
  }
}

async function removeAll(files: readonly FoundFile[]): Promise<LoggedOut["notRemoved"]> {
  const codes = await Promise.all(files.map(async ({ file }) => ({ file, code: await removeForGood(file) })));
  return codes.flatMap(({ file, code }) => (code === undefined ? [] : [{ file, code }]));
}

/**
 * Takes each lock whose holder is dead, and gives it back.
 *
 * @returns the other holders but ourselves
 */
async function freeLocks(files: readonly FoundFile[], world: World): Promise<readonly string[]> {
  const locks = files.filter(({ kind }) => kind === "lock").map(({ file }) => fileOfLock(file));
  const tried = await Promise.all(locks.map((file) => takeIfFree(file, world)));
  for (const one of tried) await one?.held?.release();
  const self = await describeSelf(world);
  return tried.flatMap((one) => (one?.holder === undefined || one.holder === self ? [] : [one.holder]));
}
