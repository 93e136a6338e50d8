import { writeKept } from "../../cache/write.ts";
import type { World } from "../../world.ts";
import type { Parts } from "../parts.ts";

/** Keeps a file if it can be kept: a cache that cannot be written costs a warning, never the answer. */
export async function keepFile(
  world: Pick<World, "platform" | "writeDiagnosis">,
  file: string | undefined,
  content: string,
): Promise<void> {
  if (file === undefined) return;
  try {
    const closed = await writeKept({ file, content, platform: world.platform });
    for (const sentence of closed) world.writeDiagnosis(`warning: ${sentence}\n`);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    world.writeDiagnosis(`warning: cannot write ${file}: ${reason}\n`);
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
