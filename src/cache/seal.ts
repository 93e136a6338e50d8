/**
 * Entries of the caches under a key, each bound to the name of its file: none can be put in another's place, or changed.
 *
 * A sealed entry is JSON. To whoever has no key it is a session that ended long ago, and no credentials: a miss, to the original too, which
 * would end in a traceback at anything that is no session.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import path from "node:path";
import { dig, parseRecord } from "../json.ts";
import { MARK } from "./credentials.ts";
import { type Keeping, sealedPart } from "./keeping.ts";

/** @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf a nonce of 96 bits, a tag of 128 */
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const LONG_AGO = "1970-01-01T00:00:00Z";

/** A new key, in text that any keychain takes. */
export function createKey(): string {
  return randomBytes(KEY_BYTES).toString("base64");
}

/** @returns undefined where it is no key of ours */
export function sealedBy(key: string): Keeping | undefined {
  const bytes = Buffer.from(key, "base64");
  if (bytes.length !== KEY_BYTES) return undefined;
  const secret = createSecretKey(bytes);
  return { isPlain: false, open: (content, file) => open(content, file, secret), close: (text, file) => close(text, file, secret) };
}

function close(text: string, file: string, key: KeyObject): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(nameOf(file));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
  const json = parseRecord(text);
  // Whose a session is stands in its file's name, too; the original looks for it in each.
  const { user_name, organization } = (dig(json, MARK) ?? {}) as Readonly<Record<string, unknown>>;
  const ends = dig(json, "Credentials", "Expiration") ?? dig(json, "expiresAt");
  return JSON.stringify({ expiresAt: LONG_AGO, [MARK]: { version: 1, user_name, organization, ends, sealed } });
}

function open(content: string, file: string, key: KeyObject): string | undefined {
  const sealed = Buffer.from(sealedPart(parseRecord(content)) ?? "", "base64");
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(nameOf(file));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** Without its folder: a home may be moved. */
function nameOf(file: string): Buffer {
  return Buffer.from(`aws-okta-processor 1 ${path.basename(file)}`);
}
