/**
 * SHA-1 of bytes, in hexadecimal: the name of a cache file, no security. Loading node:crypto would cost the cached answer a fifth of its time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3174
 */
export function sha1Hex(bytes: Uint8Array): string {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const padded = pad(bytes);
  const words = new Uint32Array(80);
  for (let offset = 0; offset < padded.byteLength; offset += 64) {
    for (let i = 0; i < 16; i++) words[i] = padded.getUint32(offset + i * 4);
    for (let i = 16; i < 80; i++) words[i] = rotate(word(words, i - 3) ^ word(words, i - 8) ^ word(words, i - 14) ^ word(words, i - 16), 1);
    compress(state, words);
  }
  return Array.from(state, (value) => value.toString(16).padStart(8, "0")).join("");
}

const word = (words: Uint32Array, index: number): number => words[index] ?? 0;
const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function compress(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i++) {
    const { mix, constant } = ROUNDS[Math.floor(i / 20)] ?? ROUNDS[0];
    const next = (rotate(a, 5) + mix(b, c, d) + e + constant + word(words, i)) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  for (const [index, value] of [a, b, c, d, e].entries()) state[index] = word(state, index) + value;
}

type Mix = (b: number, c: number, d: number) => number;

const parity: Mix = (b, c, d) => b ^ c ^ d;

const ROUNDS: readonly [Round, ...Round[]] = [
  { constant: 0x5a827999, mix: (b, c, d) => (b & c) | (~b & d) },
  { constant: 0x6ed9eba1, mix: parity },
  { constant: 0x8f1bbcdc, mix: (b, c, d) => (b & c) | (b & d) | (c & d) },
  { constant: 0xca62c1d6, mix: parity },
];

interface Round {
  readonly constant: number;
  readonly mix: Mix;
}
