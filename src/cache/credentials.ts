import { existsSync } from "node:fs";
import type { Credentials } from "@aws-okta-processor/contract";
import { type Json, record, text } from "../json.ts";
import { ownEntryKey, ownEntryName, sharedEntryName } from "./keys.ts";
import { ownCredentialsFile, sharedCredentialsFile, sharedFolder } from "./paths.ts";
import { type Opening, openPlain, readKeptJson } from "./read.ts";

/** Everything that changes which credentials are the answer; null is what was not given. */
export interface WantedCredentials {
  readonly organization: string | null;
  readonly user: string | null;
  readonly key: string | null;
  readonly application: string | null;
  readonly role: string | null;
  readonly secondaryRole: string | null;
  readonly accountAlias: string | null;
  readonly partition: string | null;
  readonly durationSeconds: number;
  /** Whether it is kept encrypted. It changes no answer and no name, but plain files are not read then. */
  readonly encrypted: boolean;
}

/** The block by which we know a file as ours. */
export const MARK = "aws-okta-processor";

/** Credentials are renewed ten minutes before they end, as the original does. */
const RENEW_BEFORE_MS = 600_000;

export interface CredentialFiles {
  readonly own: string;
  readonly shared: string;
}

export function credentialFiles(home: string, wanted: WantedCredentials): CredentialFiles {
  return { own: ownEntryFile(home, wanted), shared: sharedFile(home, wanted) };
}

/** That of our own alone. */
export function ownEntryFile(home: string, wanted: WantedCredentials): string {
  return ownFile(home, keyOf(wanted));
}

const ownFile = (home: string, key: string) => ownCredentialsFile(home, ownEntryName(key));
const sharedFile = (home: string, wanted: WantedCredentials) => sharedCredentialsFile(home, sharedEntryName(wanted));

function keyOf(wanted: WantedCredentials): string {
  const { organization, user, key, application, role, secondaryRole, accountAlias, partition, durationSeconds } = wanted;
  return ownEntryKey([organization, user, key, application, role, secondaryRole, accountAlias, partition, durationSeconds]);
}

/** Kept credentials that answer what is wanted: our own entry first, then the original's for what it can be judged by. */
export function readCredentials(home: string, wanted: WantedCredentials, now: Date): KeptCredentials | undefined {
  return wanted.encrypted ? undefined : readCredentialsBy(openPlain, wanted, { home, now });
}

/** The same for whoever knows how they are kept. */
export function readCredentialsBy(
  open: Opening,
  wanted: WantedCredentials,
  { home, now }: { readonly home: string; readonly now: Date },
): KeptCredentials | undefined {
  const key = keyOf(wanted);
  const json = readKeptJson(ownFile(home, key), open);
  const own = record(json?.[MARK])?.["answers"] === key ? parseEntry(json) : undefined;
  if (own !== undefined && isFresh(own, now)) return own;
  // Its name takes long to find.
  const shared = existsSync(sharedFolder(home)) ? parseEntry(readKeptJson(sharedFile(home, wanted), open)) : undefined;
  return shared !== undefined && isFresh(shared, now) && proves(shared, wanted) ? shared : undefined;
}

/** Credentials with what tells whose they are. */
export interface KeptCredentials {
  readonly credentials: Credentials;
  /** As STS names it: `arn:aws:sts::123456789012:assumed-role/Name/session`. */
  readonly assumedRole: { readonly id: string; readonly arn: string } | undefined;
  readonly application: string | undefined;
  /** Who signed in for them; written down, so that signing out finds them, and not read to serve them. */
  readonly owner?: { readonly user: string; readonly organization: string } | undefined;
}

/** The text of a file, in the original's shape. @param wanted what it answers */
export function formatCredentials({ credentials, assumedRole, application, owner }: KeptCredentials, wanted: WantedCredentials): string {
  return JSON.stringify({
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    },
    ...(assumedRole === undefined ? {} : { AssumedRoleUser: { AssumedRoleId: assumedRole.id, Arn: assumedRole.arn } }),
    [MARK]: { version: 1, application, user_name: owner?.user, organization: owner?.organization, answers: keyOf(wanted) },
  });
}

function parseEntry(json: Json | undefined): KeptCredentials | undefined {
  const fields = record(json?.["Credentials"]);
  const accessKeyId = text(fields?.["AccessKeyId"]);
  const secretAccessKey = text(fields?.["SecretAccessKey"]);
  const sessionToken = text(fields?.["SessionToken"]);
  const expiration = parseExpiration(fields?.["Expiration"]);
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined || expiration === undefined)
    return undefined;
  return {
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiration },
    assumedRole: parseAssumedRole(record(json?.["AssumedRoleUser"])),
    application: text(record(json?.[MARK])?.["application"]),
  };
}

function parseAssumedRole(fields: Json | undefined): KeptCredentials["assumedRole"] {
  const arn = text(fields?.["Arn"]);
  return arn === undefined ? undefined : { id: text(fields?.["AssumedRoleId"]) ?? "", arn };
}

const ENDS_IN_ZONE = /(?:Z|[+-]\d\d:\d\d)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** As the contract has it, also where Python's `+00:00` was left; a time without a zone is no instant. */
function parseExpiration(value: unknown): string | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  const at = new Date(given);
  // To write one costs the cached answer a hundredth of its time. A day that its month has not, and the hour 24, are of another day.
  if (INSTANT.test(given) && Number(given.slice(8, 10)) === at.getUTCDate()) return given;
  if (Number.isNaN(at.getTime()) || !ENDS_IN_ZONE.test(given)) return undefined;
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

function isFresh(entry: KeptCredentials, now: Date): boolean {
  return Date.parse(entry.credentials.expiration) - now.getTime() >= RENEW_BEFORE_MS;
}

/** The role that was named must be the one in the file; without a name only what nothing narrows is served, as the original would. */
function proves(entry: KeptCredentials, wanted: WantedCredentials): boolean {
  if (wanted.application !== null && entry.application !== undefined && entry.application !== wanted.application) return false;
  const role = wanted.secondaryRole ?? wanted.role;
  if (role === null) return wanted.accountAlias === null;
  return entry.assumedRole !== undefined && isAssumedFrom(entry.assumedRole.arn, role);
}

/** `arn:aws:sts::1:assumed-role/Name/session` comes from `arn:aws:iam::1:role/any/path/Name`: names are unique in an account. */
function isAssumedFrom(assumed: string, role: string): boolean {
  const from = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(assumed);
  const to = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(role);
  return from !== null && to !== null && from[1] === to[1] && from[2] === to[2] && from[3] === to[3];
}
