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

/** What an entry of ours answers: everything that changes the answer, in an order of its own. */
export function ownEntryKey(wanted: readonly (string | number | null)[]): string {
  return JSON.stringify(wanted);
}

/**
 * 64 bits of that key, so that two roles do not evict each other. They are mixed fast and not safely, for the key stands in the entry: whoever
 * reads one compares it.
 *
 * @returns sixteen hexadecimal digits
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ FNV-1a, which each half is made after
 */
export function ownEntryName(key: string): string {
  let [one, other] = [0x811c9dc5, 0x9dc5811c];
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x85ebca6b);
  }
  return digits(one) + digits(other);
}

const digits = (half: number) => (half >>> 0).toString(16).padStart(8, "0");

/**
 * A text or nothing as Python's json.dumps writes it with ensure_ascii.
 *
 * @see https://docs.python.org/3/library/json.html#json.dumps
 */
function pythonJson(value: string | null): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
