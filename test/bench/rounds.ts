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
  /** What the first case took, right before this or somewhere in the same round. */
  readonly floorMs: number;
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
  /** The first case is played before each of the others: for what differs from it by a few milliseconds. */
  readonly isPaired?: boolean;
}

/**
 * Plays all cases once in every round, so that whatever else the machine does meets them alike, each round beginning with another one.
 * A round before the first is not counted: it fills caches, those of the disk as well.
 *
 * @returns undefined for a case that failed
 */
export async function playRounds(cases: readonly Case[], effort: Effort): Promise<readonly (Played | undefined)[]> {
  const played = cases.map((): { samples: Sample[]; mebibytes: number[] } => ({ samples: [], mebibytes: [] }));
  const playing: (readonly [number, Case])[] = [];
  for (const [index, one] of cases.entries()) if (await warmUp(one)) playing.push([index, one]);
  const startedAt = performance.now();
  for (let round = 0; round < effort.rounds && (round === 0 || performance.now() - startedAt < effort.budgetMs); round++) {
    const from = round % playing.length;
    const floor = await playFloor(cases);
    for (const [index, one] of [...playing.slice(from), ...playing.slice(0, from)]) {
      const floorMs = effort.isPaired === true ? await playFloor(cases) : floor;
      played[index]?.samples.push({ ...(await sample(one)), floorMs });
      if (one.withMemory === true && round < effort.memoryRounds) played[index]?.mebibytes.push(await memoryOf(one));
    }
  }
  return played.map((one, index) => (playing.some(([number]) => number === index) ? one : undefined));
}

async function playFloor([floor]: readonly Case[]): Promise<number> {
  return floor === undefined ? Number.NaN : (await runOnce(floor)).ms;
}

async function memoryOf(one: Case): Promise<number> {
  one.before?.();
  return (await runForMemory(one)) ?? Number.NaN;
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

async function sample(one: Case): Promise<Omit<Sample, "floorMs">> {
  one.before?.();
  if (one.calls !== undefined) one.calls.length = 0;
  const took = await runOnce(one);
  return { ...took, calls: [...(one.calls ?? [])] };
}
