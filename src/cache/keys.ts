import { sha1Hex } from "./sha1.ts";

/**
 * The original's name for kept credentials: SHA-1 of what Python's `json.dumps(…, sort_keys=True)` writes. What was not given is null,
 * also when it was asked for later. The role is no part of it.
 */
export function sharedEntryName(given: {
  readonly organization: string | null;
  readonly user: string | null;
  readonly key: string | null;
}): string {
  const [key, organization, user] = [given.key, given.organization, given.user].map(pythonJson);
  return sha1Hex(Buffer.from(`{"Key": ${key}, "Organization": ${organization}, "User": ${user}}`));
}

/**
 * Of everything that changes the answer, in an order of its own, so that two roles never evict each other. What was not given is 0, for a
 * short text is a fast one.
 *
 * @param wanted numbers are above 0
 */
export function ownEntryName(wanted: readonly (string | number | null)[]): string {
  return sha1Hex(Buffer.from(JSON.stringify(wanted.map((value) => value ?? 0))));
}

/**
 * A text or nothing as Python's json.dumps writes it with ensure_ascii.
 *
 * @see https://docs.python.org/3/library/json.html#json.dumps
 */
function pythonJson(value: string | null): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
