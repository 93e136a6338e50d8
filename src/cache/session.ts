import { cookieValue, isDeep, type Json, record, text } from "../json.ts";
import { Secret } from "../secret.ts";
import { MARK } from "./credentials.ts";
import { openPlain, readKeptJson } from "./read.ts";

/** An Okta session on disk, in the original's shape. */
export interface KeptSession {
  readonly id: Secret;
  readonly expiresAt: Date;
  readonly user: string | undefined;
  readonly organization: string | undefined;
  /** The whole file, so that a refresh loses nothing of it. */
  readonly fields: Json;
}

/** A session that ends within this time is as good as ended. */
const RENEW_BEFORE_MS = 30_000;

/** The kept session if it is readable and still lasts. */
export function readSession(file: string, now: Date, open = openPlain): KeptSession | undefined {
  const fields = readKeptJson(file, open);
  const id = cookieValue(fields?.["id"]);
  const expiresAt = new Date(text(fields?.["expiresAt"]) ?? Number.NaN);
  if (fields === undefined || isDeep(fields) || id === undefined || !(expiresAt.getTime() - now.getTime() > RENEW_BEFORE_MS))
    return undefined;
  const mark = record(fields[MARK]);
  return {
    id: new Secret(id),
    expiresAt,
    user: text(mark?.["user_name"]),
    organization: text(mark?.["organization"]),
    fields,
  };
}

/** The file's text: the session as Okta sent it, with whose it is appended last. */
export function formatSession(fields: Json, owner: { readonly user: string; readonly organization: string }): string {
  const { [MARK]: _, ...session } = fields;
  return JSON.stringify({ ...session, [MARK]: { user_name: owner.user, organization: owner.organization } });
}
