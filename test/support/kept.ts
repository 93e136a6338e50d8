import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Place } from "./sandbox-home.ts";

/** The original's name for kept credentials: SHA-1 of what Python's json.dumps writes of these. */
export function sharedFile({ home, sandbox }: Place, key = "null", user = '"jdoe"'): string {
  const json = `{"Key": ${key}, "Organization": "${sandbox.organization}", "User": ${user}}`;
  return path.join(home, ".aws/boto/cache", `${createHash("sha1").update(json).digest("hex")}.json`);
}

/** The original's name for a kept session, but for the slashes that only an organization without TLS has. */
export function sessionFile({ home, sandbox }: Place): string {
  return path.join(home, ".aws-okta-processor/cache", `jdoe-${sandbox.organization.replaceAll("/", "%2F")}-session.json`);
}

export const DEVELOPER_SESSION = "arn:aws:sts::111122223333:assumed-role/Developer/jdoe@example.com";

/** Credentials of a developer as the original writes them: all that STS said, as Python's JSON. */
export function originalCredentials(expiration = "2099-01-01T00:00:00Z"): string {
  return `{"Credentials": {"AccessKeyId": "ASIAORIGINAL", "SecretAccessKey": "kept secret", "SessionToken": "kept token", "Expiration": "${expiration}"}, "SubjectType": "unspecified", "AssumedRoleUser": {"AssumedRoleId": "AROA1:jdoe@example.com", "Arn": "${DEVELOPER_SESSION}"}, "ResponseMetadata": {"RequestId": "1", "HTTPStatusCode": 200}}`;
}

/** What is printed of them. */
export const ORIGINAL_ANSWER =
  '{"AccessKeyId": "ASIAORIGINAL", "SecretAccessKey": "kept secret", "SessionToken": "kept token", "Expiration": "2099-01-01T00:00:00Z", "Version": 1}\n';

export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, "");
}

export async function writePrivately(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, content, { mode: 0o600 });
}
