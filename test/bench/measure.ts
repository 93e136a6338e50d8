import { type Case, type Effort, type Played, playRounds, type Sample } from "./rounds.ts";
import type { Figures, Row } from "./row.ts";
import type { SeenCall } from "./scene.ts";
import { median, midMean, quantile } from "./statistic.ts";

/** What all measurements are made with. */
export interface Bench {
  /** Below it, whatever is written is removed at the end. */
  readonly folder: string;
  readonly program: readonly string[];
  /** The command of another program to compare with. */
  readonly other: readonly string[] | undefined;
  readonly quick: boolean;
  /** @param most rounds where there is time for all @param seconds of which no new round begins after the last */
  readonly effort: (most: number, seconds: number) => Effort;
}

/** A command line that both programs are measured with. */
export interface Spec {
  readonly title: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly targets?: Figures;
  readonly before?: () => void;
  readonly calls?: SeenCall[];
  readonly withMemory?: boolean;
  /** In place of the program's own command. The other program is not measured then. */
  readonly command?: readonly string[];
  /** More rows out of the same runs. */
  readonly parts?: readonly Part[];
}

/** Something of a run in place of the whole: how long it was until the first request. */
export interface Part {
  readonly title: string;
  readonly read: (sample: Sample) => number;
  readonly targets?: Figures;
}

export const firstRequest = (sample: Sample): number => (sample.calls[0]?.at ?? Number.NaN) - sample.from;

/** With what the system needs to end the process. */
export const afterLastReply = (sample: Sample): number => sample.to - (sample.calls.at(-1)?.at ?? Number.NaN);

/** Measures all of them and `node -e 0`, round by round. @returns the row of `node -e 0`, and the others in their order */
export async function measure(specs: readonly Spec[], bench: Bench, effort: Effort): Promise<readonly Row[]> {
  const [first] = specs;
  if (first === undefined) return [];
  const floor: Case = { title: "`node -e 0`", command: [process.execPath, "-e", "0"], env: first.env, cwd: first.cwd, withMemory: true };
  const ours = specs.map((spec): Case => ({ ...spec, command: spec.command ?? [...bench.program, ...spec.args] }));
  const others = specs.map((spec): Case => ({ ...spec, mayFail: true, command: [...(bench.other ?? []), ...spec.args] }));
  const isCompared = (spec: Spec) => bench.other !== undefined && spec.command === undefined;
  const compared = others.filter((_, index) => specs[index] !== undefined && isCompared(specs[index]));
  const [bare, ...played] = await playRounds([floor, ...ours, ...compared], effort);
  if (bare === undefined) return [];
  const resultsOfOther = played.slice(specs.length);
  const rows = specs.flatMap((spec, index) => {
    const other = isCompared(spec) ? resultsOfOther.shift() : undefined;
    return rowsOf(spec, { mine: played[index], other, floor: bare });
  });
  return [{ title: floor.title, figures: { ...figuresOf(bare, bare), times: 1 }, targets: {}, note: calmnessOf(bare) }, ...rows];
}

/** Where the two are far apart, the machine had other things to do. */
function calmnessOf({ samples }: Played): string {
  const ms = samples.map((one) => one.ms);
  return `half of its runs took ${quantile(ms, 0.25).toFixed(1)} to ${quantile(ms, 0.75).toFixed(1)} ms; rounds: ${ms.length}`;
}

interface Results {
  readonly mine: Played | undefined;
  readonly other: Played | undefined;
  readonly floor: Played;
}

function rowsOf(spec: Spec, { mine, other, floor }: Results): readonly Row[] {
  if (mine === undefined) return [];
  const whole: Part = { title: spec.title, read: ({ ms }) => ms, targets: spec.targets ?? {} };
  return [whole, ...(spec.parts ?? [])].map(({ title, read, targets = {} }): Row => {
    const isWhole = title === spec.title;
    const figures = (played: Played) => (isWhole ? figuresOf(played, floor) : timesOf(played, read));
    const row = { title, figures: figures(mine), targets, ...(isWhole ? noteOf(mine) : {}) };
    return other === undefined ? row : { ...row, other: figures(other) };
  });
}

function figuresOf(played: Played, floor: Played): Figures {
  const memory = played.mebibytes.filter((value) => !Number.isNaN(value));
  return {
    ...timesOf(played, ({ ms }) => ms),
    cpuMs: cpuOf(played),
    cpuTimes: cpuOf(played) / cpuOf(floor),
    ...(memory.length === 0 ? {} : { mebibytes: median(memory), moreMebibytes: median(memory) - median(floor.mebibytes) }),
  };
}

function cpuOf({ samples }: Played): number {
  return midMean(samples.map(({ cpuMs }) => cpuMs));
}

function timesOf({ samples }: Played, read: Part["read"]): Figures {
  return { ms: median(samples.map(read)), times: median(samples.map((one) => read(one) / one.floorMs)) };
}

/** The requests of the last run, in their order. */
function noteOf({ samples }: Played): Pick<Row, "note"> {
  const calls = samples.at(-1)?.calls ?? [];
  if (calls.length === 0) return {};
  return { note: calls.length > 8 ? `${calls.length} requests` : `${calls.length} requests: ${calls.map(({ what }) => what).join(", ")}` };
}
