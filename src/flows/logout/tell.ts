import type { KeptKind } from "../../cache/kept-files.ts";
import { RemoteError, UsageError } from "../../errors.ts";
import { pidOf } from "../../files/holder-text.ts";
import type { EndedSession } from "./end-sessions.ts";
import type { LoggedOut } from "./log-out.ts";

const NAMES: Readonly<Record<KeptKind, readonly [string, string]>> = {
  session: ["session", "sessions"],
  device: ["device", "devices"],
  credentials: ["entry of credentials", "entries of credentials"],
  shared: ["entry of credentials beside botocore's", "entries of credentials beside botocore's"],
  outcome: ["outcome of an earlier run", "outcomes of earlier runs"],
  unfinished: ["unfinished file", "unfinished files"],
  organizations: ["list of organizations", "lists of organizations"],
  lock: ["lock", "locks"],
  heir: ["lock", "locks"],
};

/** What was done, a sentence each. */
export function tellLoggedOut({ removed, sessions, busy, people }: LoggedOut, dryRun: boolean): readonly string[] {
  const whose = people.map(({ user, organization }) => `${user} at ${organization}`).join(", ");
  const counts = Object.entries(NAMES).flatMap(([kind, [one, many]]) => {
    const count = removed.filter((file) => file.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const of = whose === "" ? "" : ` of ${whose}`;
  const verb = dryRun ? "Would remove" : "Removed";
  return [
    ...(counts.length === 0 ? [`Nothing is kept${of}.`] : [`${verb} what was kept${of}: ${counts.join(", ")}.`]),
    ...sessions.flatMap(tellSession),
    ...busy.map((holder) => `${nameOf(holder)} is at work: what it keeps after this is not removed.`),
  ];
}

function tellSession({ user, organization, outcome }: EndedSession): readonly string[] {
  const session = `the Okta session of ${user} at ${organization}`;
  switch (outcome) {
    case "ended":
      return [`Ended ${session}.`];
    case "gone":
      return [`${session.replace("the", "The")} had ended already.`];
    case "kept":
      return [`Would end ${session}.`];
    case "over":
    case "failed":
      return [];
    default:
      return outcome satisfies never;
  }
}

function nameOf(holder: string): string {
  const pid = pidOf(holder);
  return pid === undefined ? "Another aws-okta-processor" : `Another aws-okta-processor (process ${pid})`;
}

/** For machines; paths and nothing of what the files held. */
export function describeLoggedOut({ people, removed, notRemoved, sessions, busy }: LoggedOut): object {
  return {
    people,
    sessions: sessions.map(({ user, organization, outcome, error }) => ({ user, organization, outcome, error: error?.code ?? null })),
    removed: removed.map(({ file }) => file),
    notRemoved,
    busy: busy.map((holder) => pidOf(holder) ?? null),
  };
}

/** @throws UsageError `FILE_UNREMOVABLE`; RemoteError `SESSION_NOT_ENDED` */
export function throwWhatFailed({ notRemoved, sessions }: LoggedOut): void {
  const [file] = notRemoved;
  if (file !== undefined) {
    throw new UsageError(`${file.file} cannot be removed: ${file.code}`, {
      code: "FILE_UNREMOVABLE",
      hint: notRemoved.length === 1 ? "remove it yourself: it may hold a session or credentials" : `and ${notRemoved.length - 1} more`,
    });
  }
  const failed = sessions.filter(({ outcome }) => outcome === "failed");
  const [session] = failed;
  if (session === undefined) return;
  const ends = session.expiresAt === undefined ? "by itself" : `by itself at ${session.expiresAt} or when it was idle for long`;
  throw new RemoteError(`the Okta session of ${session.user} was not ended: ${session.error?.message ?? ""}`, {
    code: "SESSION_NOT_ENDED",
    hint: `nothing is kept of it here any more; it ends ${ends}`,
  });
}
