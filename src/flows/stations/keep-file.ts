import { getSystemErrorMap } from "node:util";
import { type Closing, closeKept, writeKept } from "../../cache/write.ts";
import { cleanText } from "../../terminal/clean.ts";
import type { World } from "../../world.ts";
import type { Parts } from "../parts.ts";

type Telling = Pick<World, "platform" | "writeDiagnosis">;

/** Keeps a file if it can be kept: caches that cannot be written cost one warning a run, never the answer. */
export async function keepFile(world: Telling, file: string | undefined, content: string): Promise<void> {
  if (file === undefined) return;
  try {
    tellClosing(world, await writeKept({ file, content, platform: world.platform }));
  } catch (error) {
    warnOnce(world, `cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** The same for what is secret: as the caches are kept, or not at all. */
export async function keepSecret(
  { world, keeping }: Pick<Parts, "world" | "keeping">,
  file: string | undefined,
  text: string,
): Promise<void> {
  const content = file === undefined ? undefined : keeping.close(text, file);
  if (content !== undefined) await keepFile(world, file, content);
}

/** Closes to others what is going to be read, for what is open is not believed. */
export async function closeFirst(world: Telling, ...files: readonly (string | undefined)[]): Promise<void> {
  const given = files.filter((file) => file !== undefined);
  tellClosing(world, await closeKept(given, world.platform));
}

/** Tells all that was closed, and of what stays open one. */
function tellClosing(world: Telling, { closed, open }: Closing): void {
  for (const sentence of closed) warn(world, sentence);
  for (const sentence of open) warnOnce(world, sentence);
}

/** Worlds that have heard of a cache that fails: the reason is the same for all most of the time, and the next run tells the next one. */
const warned = new WeakSet<Telling>();

function warnOnce(world: Telling, sentence: string): void {
  if (warned.has(world)) return;
  warned.add(world);
  warn(world, sentence);
}

function warn(world: Telling, sentence: string): void {
  world.writeDiagnosis(`warning: ${cleanText(sentence)}\n`);
}

/** `ENOSPC, no space left on device` */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) return "unknown error";
  const errno = "errno" in error && typeof error.errno === "number" ? error.errno : 0;
  const [, words] = getSystemErrorMap().get(errno) ?? [];
  return words === undefined ? String(error.code) : `${String(error.code)}, ${words}`;
}
