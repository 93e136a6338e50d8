import { writeSync } from "node:fs";

/** Writes all of a text, also to a pipe that takes it in pieces and at its leisure. process.stdout would cost the cached answer two milliseconds. */
export function writeAll(descriptor: number, text: string): void {
  const size = Buffer.byteLength(text);
  let bytes: Buffer | undefined;
  for (let at = 0; at < size; ) {
    try {
      if (at > 0) bytes ??= Buffer.from(text);
      at += bytes === undefined ? writeSync(descriptor, text) : writeSync(descriptor, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
