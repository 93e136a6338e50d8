/**
 * Which kept files go with a person. Ours are those in folders of our own, and in botocore's folder those that bear our mark or have the name
 * that the original gives to credentials of that person.
 */
import type { FoundFile } from "../../cache/kept-files.ts";
import { sharedEntryName } from "../../cache/keys.ts";
import { isSame, type Person } from "../../cache/owner.ts";
import { deviceFile, sessionFile, sharedCredentialsFile } from "../../cache/paths.ts";

export interface Leaving {
  readonly home: string;
  readonly people: readonly Person[];
  readonly all: boolean;
  /** Values of `--key` that may name an entry of the original's. */
  readonly keys: readonly string[];
  readonly now: Date;
}

/** What is younger may be somebody's who is at it just now. */
const SETTLED_MS = 60_000;

/** Of locks nothing is said: each goes when its holder is dead. */
export function whatGoes(files: readonly FoundFile[], leaving: Leaving): readonly FoundFile[] {
  const names = namesOf(files, leaving);
  return files.filter((one) => goes(one, leaving, names));
}

function goes({ file, kind, owner, marked, stats }: FoundFile, { people, all, now }: Leaving, names: ReadonlySet<string>): boolean {
  const isTheirs = owner === undefined ? names.has(file) : people.some((person) => isSame(person, owner));
  switch (kind) {
    case "lock":
    case "heir":
      return false;
    case "outcome":
    case "unfinished":
      return now.getTime() - stats.mtimeMs >= SETTLED_MS;
    case "credentials":
      // An earlier version did not write down whose they are. They cost a request to get again.
      return all || isTheirs || owner === undefined;
    case "shared":
      return marked ? all || isTheirs || owner === undefined : names.has(file);
    case "session":
    case "device":
      return all || isTheirs;
    case "organizations":
      return all;
    default:
      return kind satisfies never;
  }
}

/** Files that are these people's by their name. */
function namesOf(files: readonly FoundFile[], leaving: Leaving): ReadonlySet<string> {
  const { home, people, all } = leaving;
  const sessions = new Map(files.filter(({ kind }) => kind === "session").map(({ file, owner }) => [file, owner]));
  const nameless = all ? [entriesOf(leaving, { user: undefined, organization: undefined })] : [];
  const named = people.flatMap((person) => {
    const { user, organization } = person;
    const given = [
      { user, organization },
      { user, organization: undefined },
      { user: undefined, organization },
      { user: undefined, organization: undefined },
    ];
    // What was given less wholly is theirs where the session of that name is.
    const theirs = given.filter((one, index) => {
      const owner = sessions.get(sessionFile(home, one.user, one.organization));
      return index === 0 || (owner !== undefined && isSame(owner, person));
    });
    return [
      sessionFile(home, user, organization),
      deviceFile(home, user, organization),
      ...theirs.flatMap((one) => entriesOf(leaving, one)),
    ];
  });
  return new Set([...named, ...nameless.flat()]);
}

/** Where the original keeps the credentials of one who gave so much. */
function entriesOf({ home, keys }: Leaving, given: { readonly user: string | undefined; readonly organization: string | undefined }) {
  return [null, "", ...keys].map((key) =>
    sharedCredentialsFile(home, sharedEntryName({ key, user: given.user ?? null, organization: given.organization ?? null })),
  );
}
