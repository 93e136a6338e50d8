import type { Profile } from "@aws-okta-processor/contract";
import { type Merged, mergeProfiles } from "../aws/merge-profiles.ts";
import { CancelledError } from "../errors.ts";
import { withLock } from "../files/lock.ts";
import { readText, realFileOf } from "../files/read-text.ts";
import { replaceText } from "../files/replace-text.ts";
import { cleanText } from "../terminal/clean.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Parts } from "./parts.ts";

export interface ProfilesToWrite {
  readonly file: string;
  readonly profiles: readonly Profile[];
  /** Whether to remove our profiles whose role is no longer given. */
  readonly prune: boolean;
  /** Whether these are all roles that are given. */
  readonly complete: boolean;
  /** Whether not to ask. */
  readonly yes: boolean;
}

const MOST_LINES_SHOWN = 200;

/**
 * Merges profiles into an AWS config file, after the person has seen what will change and has agreed. No lock is held while the question
 * stands: what another program writes meanwhile is found out, and nothing is written over it.
 *
 * @throws CancelledError, and UsageError for a file that cannot be read, merged into or written, or where nobody can be asked
 */
export async function writeProfiles(given: ProfilesToWrite, { world, terminal }: Pick<Parts, "world" | "terminal">): Promise<void> {
  const file = await realFileOf(given.file);
  const seen = await readAndMerge(file, given);
  for (const header of seen.merged.conflicts) {
    const warning = `warning: [${header}] of ${given.file} stands for something else and is left alone`;
    world.writeDiagnosis(`${cleanText(warning)}\n`);
  }
  if (isChanged(seen)) {
    await agree(given, seen.merged, terminal);
    await withLock(file, world, async () => replace(file, given.yes ? await readAndMerge(file, given) : seen));
  }
  terminal.tell(summarize(given, seen.merged));
}

interface Change {
  /** What the file held; undefined where there is none. */
  readonly was: string | undefined;
  readonly merged: Merged;
}

async function readAndMerge(file: string, given: ProfilesToWrite): Promise<Change> {
  const was = await readText(file);
  return { was, merged: mergeProfiles(was, given.profiles, given) };
}

function isChanged({ was = "", merged }: Change): boolean {
  return merged.text !== was;
}

async function replace(file: string, change: Change): Promise<void> {
  if (isChanged(change)) await replaceText({ file, was: change.was, text: change.merged.text });
}

/** Who is to agree sees the changes in silence, too. */
async function agree({ file, yes }: ProfilesToWrite, { changes }: Merged, terminal: Terminal): Promise<void> {
  for (const line of shorten(changes)) (yes || !terminal.attended ? terminal.tell : terminal.announce)(line);
  if (yes) return;
  const answer = await terminal.ask({
    message: `Write these changes to ${file}? (y/N)`,
    remedy: "give --yes to write without being asked",
  });
  if (!/^y(?:es)?$/iu.test(answer.trim())) throw new CancelledError("nothing was written", { code: "CANCELLED" });
}

function shorten(lines: readonly string[]): readonly string[] {
  const left = lines.length - MOST_LINES_SHOWN;
  if (left <= 0) return lines;
  return [...lines.slice(0, MOST_LINES_SHOWN / 2), `… ${left} more lines …`, ...lines.slice(-MOST_LINES_SHOWN / 2)];
}

function summarize({ file, prune }: ProfilesToWrite, { added, changed, unchanged, gone, conflicts }: Merged): string {
  const counts: readonly (readonly [number, string])[] = [
    [added.length, "added"],
    [changed.length, "changed"],
    [unchanged, "unchanged"],
    [gone.length, prune ? "removed" : "no longer given (remove with --prune)"],
    [conflicts.length, "left out, for its name is taken"],
  ];
  const [[first, what] = [], ...rest] = counts.filter(([count]) => count > 0);
  if (first === undefined) return `${file}: no profile to write`;
  return [`${file}: ${first} ${first === 1 ? "profile" : "profiles"} ${what}`, ...rest.map(([count, told]) => `${count} ${told}`)].join(
    ", ",
  );
}
