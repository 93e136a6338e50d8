import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../errors.ts";
import { type Held, takeLock } from "../../files/lock.ts";
import type { World } from "../../world.ts";

/** Either it is ours now, or somebody else's who lives, or of whom nobody can tell. */
export interface Tried {
  readonly held?: Held | undefined;
  readonly holder?: string | undefined;
}

/** Takes a lock that is free or a dead one's. @returns undefined where there can be none */
export async function takeIfFree(file: string, world: World): Promise<Tried | undefined> {
  if (!existsSync(path.dirname(file))) return undefined;
  let other: string | undefined;
  const goOn = (holder: string) => {
    other = holder;
    return false;
  };
  try {
    const held = await takeLock(file, world, { ms: 0, goOn });
    return { held, holder: held === undefined ? other : undefined };
  } catch (error) {
    if (error instanceof AppError && error.code === "FILE_UNWRITABLE") return undefined;
    throw error;
  }
}
