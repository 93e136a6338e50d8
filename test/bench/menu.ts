import path from "node:path";
import type { Bench } from "./measure.ts";
import type { Group, Row } from "./row.ts";
import { oneApplication, ROLES_AT_CAP } from "./scenarios.ts";
import { forget, inScene, livingAt, makeHome } from "./scene.ts";
import { median } from "./statistic.ts";
import { sitDown, type Typist } from "./typist.ts";

const PROGRAM = path.join(import.meta.dirname, "menu-program.ts");
const SIZE = 10_000;
const QUERY = "team-77 role-7";
const DOWN = "\u001b[B";
const PAGE_DOWN = "\u001b[6~";
const BACKSPACE = "\u007f";

/** The last line of the menu. */
const DRAWN = /· type to search, arrows to move/;

/** Milliseconds of each kind. */
interface Times {
  readonly drawn: number[];
  readonly filter: number[];
  readonly move: number[];
}

/** At a real terminal. STS takes no assertion with so many roles, so the large menu is shown by a program of its own. */
export async function measureMenu(bench: Bench): Promise<Group> {
  const { rounds } = bench.effort(5, 0);
  const large = { drawn: [], filter: [], move: [] } satisfies Times;
  for (let round = 0; round < rounds; round++) await measureLarge(bench, large);
  const whole: number[] = [];
  await inScene({ scenario: oneApplication(ROLES_AT_CAP) }, async ({ calls, env }) => {
    const home = await makeHome(bench.folder);
    const { cwd, ...place } = livingAt(home);
    for (let round = -1; round < rounds; round++) {
      forget(home);
      const typist = sitDown({ command: [...bench.program, "authenticate"], env: { ...place.env, ...env }, cwd });
      const drawnAt = performance.timeOrigin + (await typist.see(DRAWN));
      typist.hangUp();
      if (round >= 0) whole.push(drawnAt - (calls.at(-1)?.at ?? Number.NaN));
    }
  });
  const size = SIZE.toLocaleString("en");
  return {
    title: "The role menu at a terminal",
    rows: [
      rowOf(`${ROLES_AT_CAP} roles: drawn after the last reply`, whole, 200),
      rowOf(`${size} roles in 1,000 accounts: drawn`, large.drawn, 200),
      rowOf(`${size} roles: a key of a search`, large.filter, 50),
      rowOf(`${size} roles: an arrow key`, large.move, 50),
    ],
  };
}

async function measureLarge({ folder }: Bench, times: Times): Promise<void> {
  const typist = sitDown({ command: [process.execPath, PROGRAM, String(SIZE)], ...livingAt(await makeHome(folder)) });
  const startedAt = await typist.see(/the last byte is here/);
  times.drawn.push((await typist.see(DRAWN)) - startedAt);
  await useKeys(typist, times);
  typist.hangUp();
}

async function useKeys({ type }: Typist, { filter, move }: Times): Promise<void> {
  for (const keys of [DOWN, DOWN, PAGE_DOWN, PAGE_DOWN]) move.push(await type(keys, DRAWN));
  for (const key of QUERY) filter.push(await type(key, DRAWN));
  for (const _ of QUERY) filter.push(await type(BACKSPACE, DRAWN));
}

function rowOf(title: string, times: readonly number[], ms: number): Row {
  return { title, figures: { ms: median(times) }, targets: { ms }, note: `at most ${Math.max(...times).toFixed(0)} ms in ${times.length}` };
}
