import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An id that stays the same from run to run: `stableId("0oa", "AWS")`. */
export function stableId(prefix: string, name: string): string {
  return prefix + letters(createHash("sha256").update(`${prefix} ${name}`).digest(), 20 - prefix.length);
}

export function randomId(prefix: string, length: number): string {
  return prefix + letters(randomBytes(length), length - prefix.length);
}

export function randomBase32(length: number): string {
  return letters(randomBytes(length), length, BASE32);
}

function letters(bytes: Buffer, length: number, alphabet = ALPHABET): string {
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join("");
}
