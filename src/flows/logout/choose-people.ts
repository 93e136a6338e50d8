import type { FoundFile } from "../../cache/kept-files.ts";
import { isSame, type Person } from "../../cache/owner.ts";
import { UsageError } from "../../errors.ts";

/** Whose sign-ins are ended, as far as that was given. */
export interface Wanted {
  readonly user: string | undefined;
  readonly organization: string | undefined;
  readonly all: boolean;
}

/**
 * Those whose sessions and credentials go. Nobody has to say who they are where one person alone is kept.
 *
 * @throws UsageError `SIGN_IN_AMBIGUOUS`
 */
export function choosePeople({ user, organization, all }: Wanted, files: readonly FoundFile[]): readonly Person[] {
  if (user !== undefined && organization !== undefined && !all) return [{ user, organization }];
  const known = knownPeople(files);
  if (all) return known;
  const meant = known.filter((one) => (user ?? one.user) === one.user && (organization ?? one.organization) === one.organization);
  if (meant.length < 2) return meant;
  const names = meant.map((one) => `${one.user} at ${one.organization}`).join(", ");
  throw new UsageError(`${meant.length} people are kept: ${names}`, {
    code: "SIGN_IN_AMBIGUOUS",
    hint: "give --user and --organization, or --all for all of them",
  });
}

function knownPeople(files: readonly FoundFile[]): readonly Person[] {
  const owners = files.flatMap(({ owner }) => owner ?? []);
  return owners.filter((owner, index) => owners.findIndex((other) => isSame(owner, other)) === index);
}
