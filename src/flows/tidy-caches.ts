import { pruneKept } from "../cache/prune.ts";
import { takeLock } from "../files/lock.ts";
import type { World } from "../world.ts";
import type { Beside } from "./beside.ts";

/** Whoever is answered by then is not held up by it. */
const BEGIN_AFTER_MS = 50;

/** Tidies the caches while the line waits for the far end. */
export function tidyCaches(world: World, beside: Beside): void {
  const { home } = world;
  if (home === undefined) return;
  void beside.begin(async (signal) => {
    await world.doze(BEGIN_AFTER_MS, signal);
    for (const file of await pruneKept(home, world.now(), signal)) {
      if (signal.aborted) return;
      const held = await takeLock(file, world, { ms: 0, goOn: () => false });
      await held?.release();
    }
  });
}
