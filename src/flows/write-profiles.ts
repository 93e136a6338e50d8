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
  readonly inConfig: boolean;
  readonly listed: ReadonlySet<string>;
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
  if (isChanged(seen) && given.yes) {
    await withLock(file, world, async () => {
      const found = await readAndMerge(file, given);
      announce(given, found.merged, { world, terminal });
      await replace(file, found);
      terminal.tell(`${given.file}: ${summarize(given, found.merged)}`);
    });
    return;
  }
  announce(given, seen.merged, { world, terminal });
  if (isChanged(seen)) {
    await agree(given, seen.merged, terminal);
    await withLock(file, world, () => replace(file, seen));
  }
  terminal.tell(`${given.file}: ${summarize(given, seen.merged)}`);
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
function announce(
  given: ProfilesToWrite,
  { conflicts, gone, changes }: Merged,
  { world, terminal }: Pick<Parts, "world" | "terminal">,
): void {
  for (const header of conflicts) {
    const warning = `warning: [${header}] of ${given.file} has the name of a new profile, and is left alone`;
    world.writeDiagnosis(`${cleanText(warning)}\n`);
  }
  if (!given.prune) for (const header of gone) terminal.tell(`no longer given: [${header}]`);
  for (const line of shorten(changes)) (given.yes || !terminal.attended ? terminal.tell : terminal.announce)(line);
}

async function agree(given: ProfilesToWrite, merged: Merged, terminal: Terminal): Promise<void> {
  const answer = await terminal.ask({
    message: `Write these changes to ${given.file} (${summarize(given, merged)})? (y/N)`,
    remedy: "give --yes to write without being asked",
  });
  if (!/^y(?:es)?$/iu.test(answer.trim())) throw new CancelledError("nothing was written", { code: "CANCELLED" });
}

/** What is removed is named all the same. */
function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES_SHOWN) return lines;
  const middle = lines.slice(MOST_LINES_SHOWN / 2, -MOST_LINES_SHOWN / 2);
  const removed = middle.filter((line) => line.startsWith("-["));
  const left = `… ${middle.length - removed.length} more lines …`;
  return [...lines.slice(0, MOST_LINES_SHOWN / 2), left, ...removed, ...lines.slice(-MOST_LINES_SHOWN / 2)];
}

function summarize({ prune }: ProfilesToWrite, { added, changed, unchanged, gone, conflicts }: Merged): string {
  const counts: readonly (readonly [number, string])[] = [
    [added.length, "added"],
    [changed.length, "changed"],
    [unchanged, "unchanged"],
    [gone.length, prune ? "removed" : "no longer given (remove with --prune)"],
    [conflicts.length, "left out, for its name is taken"],
  ];
  const [[first, what] = [], ...rest] = counts.filter(([count]) => count > 0);
  if (first === undefined) return "no profile to write";
  return [`${first} ${first === 1 ? "profile" : "profiles"} ${what}`, ...rest.map(([count, told]) => `${count} ${told}`)].join(", ");
}
