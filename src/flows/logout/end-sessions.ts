import type { FoundFile } from "../../cache/kept-files.ts";
import type { Person } from "../../cache/owner.ts";
import { sessionFile } from "../../cache/paths.ts";
import { AppError, CancelledError, RemoteError } from "../../errors.ts";
import type { Send } from "../../http/send.ts";
import { text } from "../../json.ts";
import { endSession } from "../../okta/session.ts";
import { parseOrganization } from "../../options/organization.ts";
import { Secret } from "../../secret.ts";
import { inParallel } from "../in-parallel.ts";

/** `over` is one that ended so long ago that nobody is asked, `kept` one that would be ended. */
export interface EndedSession extends Person {
  readonly outcome: "ended" | "gone" | "over" | "kept" | "failed";
  /** When it ends by itself, as the file said. */
  readonly expiresAt: string | undefined;
  readonly error: AppError | undefined;
}

interface Ending {
  readonly send: Send;
  readonly people: readonly Person[];
  readonly home: string;
  readonly now: Date;
  readonly dryRun: boolean;
}

interface Session extends Person {
  /** Undefined where it is encrypted and could not be opened. */
  readonly id: Secret | undefined;
  readonly expiresAt: string | undefined;
}

/** A session may have been prolonged without the file saying so, by as long as orgs let one be idle; beyond this it is over. */
const OVER_AFTER_MS = 86_400_000;
const AT_ONCE = 4;
const SEALED = "it is encrypted, and the key for it was not to be had";

/** Ends each session that a file held, once. */
export async function endSessions(files: readonly FoundFile[], ending: Ending): Promise<readonly EndedSession[]> {
  const sessions = files.filter(({ kind }) => kind === "session").flatMap((file) => readSessionOf(file, ending));
  const ids = sessions.map(({ organization, user, id }) => `${organization} ${id?.reveal() ?? user}`);
  const distinct = sessions.filter((_, index) => ids.indexOf(ids[index] ?? "") === index);
  return inParallel(distinct, AT_ONCE, (session) => end(session, ending));
}

/** What has no mark belongs to whom its name says. */
function readSessionOf({ file, content, owner, sealed }: FoundFile, { people, home }: Ending): readonly Session[] {
  const person = owner ?? people.find((one) => sessionFile(home, one.user, one.organization) === file);
  const id = text(content?.["id"]);
  if (sealed && person !== undefined) return [{ ...person, id: undefined, expiresAt: undefined }];
  return id === undefined || person === undefined ? [] : [{ ...person, id: new Secret(id), expiresAt: text(content?.["expiresAt"]) }];
}

async function end({ id, user, organization, expiresAt }: Session, { send, now, dryRun }: Ending): Promise<EndedSession> {
  const told = (outcome: EndedSession["outcome"], error?: AppError): EndedSession => ({ user, organization, outcome, expiresAt, error });
  const org = parseOrganization(organization);
  if (id === undefined) return told("failed", new RemoteError(SEALED, { code: "SESSION_NOT_ENDED" }));
  if (now.getTime() - Date.parse(expiresAt ?? "") > OVER_AFTER_MS || typeof org === "string") return told("over");
  if (dryRun) return told("kept");
  try {
    return told(await endSession({ ...org, send }, id));
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof CancelledError) throw error;
    return told("failed", error);
  }
}
