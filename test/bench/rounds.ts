import { type Measurable, runForMemory, runOnce, type Took } from "./run-once.ts";
import type { SeenCall } from "./scene.ts";

/** A command that is measured in every round. */
export interface Case extends Measurable {
  readonly title: string;
  /** The other program's: one that fails is left out. */
  readonly mayFail?: boolean;
  /** Is not part of what is measured. */
  readonly before?: () => void;
  /** What the sandbox has seen since it was emptied. */
  readonly calls?: SeenCall[];
  readonly withMemory?: boolean;
}

export interface Sample extends Took {
  readonly calls: readonly SeenCall[];
}

/** All rounds of a case; the sample of each round stands at its index. */
export interface Played {
  readonly samples: readonly Sample[];
  readonly mebibytes: readonly number[];
}

export interface Effort {
  readonly rounds: number;
  /** No round begins after so long, but one is played in any case. */
  readonly budgetMs: number;
  /** In so many of them the memory is measured too, by a run of its own. */
  readonly memoryRounds: number;
}

/**
 * Plays all cases once in every round, so that whatever else the machine does meets them alike, each round beginning with another one.
 * A round before the first is not counted: it fills caches, those of the disk as well.
 *
 * @returns undefined for a case that failed
 */
export async function playRounds(
  cases: readonly Case[],
  { rounds, budgetMs, memoryRounds }: Effort,
): Promise<readonly (Played | undefined)[]> {
  const played = cases.map((): { samples: Sample[]; mebibytes: number[] } => ({ samples: [], mebibytes: [] }));
  const failed = new Set<number>();
  const order = [...cases.entries()];
  for (const [index, one] of order) if (!(await warmUp(one))) failed.add(index);
  const startedAt = performance.now();
  for (let round = 0; round < rounds && (round === 0 || performance.now() - startedAt < budgetMs); round++) {
    const from = round % order.length;
    for (const [index, one] of [...order.slice(from), ...order.slice(0, from)]) {
      if (failed.has(index)) continue;
      played[index]?.samples.push(await sample(one));
      if (one.withMemory !== true || round >= memoryRounds) continue;
      one.before?.();
      played[index]?.mebibytes.push((await runForMemory(one)) ?? Number.NaN);
    }
  }
  return played.map((one, index) => (failed.has(index) ? undefined : one));
}

async function warmUp(one: Case): Promise<boolean> {
  try {
    await sample(one);
    return true;
  } catch (error) {
    if (one.mayFail !== true) throw error;
    process.stderr.write(`${one.title}: ${error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error)}\n`);
    return false;
  }
}

async function sample(one: Case): Promise<Sample> {
  one.before?.();
  if (one.calls !== undefined) one.calls.length = 0;
  const took = await runOnce(one);
  return { ...took, calls: [...(one.calls ?? [])] };
}
