import { addAbortSignal, type Readable } from "node:stream";
import { CancelledError } from "./errors.ts";

/** Whoever writes more without an end of line writes none. */
const MOST_BYTES = 65_536;

/**
 * The first line, without its end; what cannot be read is empty. The rest is not waited for: who writes it may keep it open.
 *
 * @throws CancelledError
 */
export async function readFirstLine(stream: Readable, signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of addAbortSignal(signal, stream)) {
      const bytes = Buffer.from(piece as Uint8Array);
      pieces.push(bytes);
      size += bytes.length;
      if (size > MOST_BYTES || bytes.includes("\n")) break;
    }
  } catch {
    if (signal.aborted) throw new CancelledError();
  }
  const [line = ""] = Buffer.concat(pieces).toString("utf8").split(/\r?\n/, 1);
  return line.length > MOST_BYTES ? "" : line;
}
