import { Secret } from "../secret.ts";
import { MARK } from "./credentials.ts";
import { asRecord, readKeptJson } from "./read.ts";

/** An Okta session on disk, in the original's shape. */
export interface KeptSession {
  readonly id: Secret;
  readonly expiresAt: Date;
  readonly user: string | undefined;
  readonly organization: string | undefined;
  /** The whole file, so that a refresh loses nothing of it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A session that ends within this time is as good as ended. */
const RENEW_BEFORE_MS = 30_000;

/** The kept session if it is readable and still lasts. */
export function readSession(file: string, now: Date): KeptSession | undefined {
  const fields = readKeptJson(file);
  const id = fields?.["id"];
  const expiresAt = new Date(String(fields?.["expiresAt"]));
  if (fields === undefined || typeof id !== "string" || id === "" || !(expiresAt.getTime() - now.getTime() > RENEW_BEFORE_MS))
    return undefined;
  const mark = asRecord(fields[MARK]);
  return {
    id: new Secret(id),
    expiresAt,
    user: textOrNothing(mark?.["user_name"]),
    organization: textOrNothing(mark?.["organization"]),
    fields,
  };
}

/** The file's text: the session as Okta sent it, with whose it is appended last. */
export function formatSession(
  fields: Readonly<Record<string, unknown>>,
  owner: { readonly user: string; readonly organization: string },
): string {
  const { [MARK]: _, ...session } = fields;
  return JSON.stringify({ ...session, [MARK]: { user_name: owner.user, organization: owner.organization } });
}

const textOrNothing = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
