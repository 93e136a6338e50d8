import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** An id that stays the same from run to run: `stableId("0oa", "AWS")`. */
export function stableId(prefix: string, name: string): string {
  return prefix + letters(createHash("sha256").update(`${prefix} ${name}`).digest(), 20 - prefix.length);
}

export function randomId(prefix: string, length: number): string {
  return prefix + letters(randomBytes(length), length - prefix.length);
}

function letters(bytes: Buffer, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
