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
  return nameOf({ Key: given.key, Organization: given.organization, User: given.user });
}

/** Everything that changes the answer, so that two roles never evict each other. */
export function ownEntryName(wanted: Readonly<Record<string, string | number | null>>): string {
  return nameOf(wanted);
}

function nameOf(values: Readonly<Record<string, string | number | null>>): string {
  const pairs = Object.keys(values)
    .sort()
    .map((key) => `${pythonJson(key)}: ${pythonJson(values[key] ?? null)}`);
  return sha1Hex(Buffer.from(`{${pairs.join(", ")}}`));
}

/**
 * A scalar as Python's json.dumps writes it with ensure_ascii.
 *
 * @see https://docs.python.org/3/library/json.html#json.dumps
 */
function pythonJson(value: string | number | null): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
