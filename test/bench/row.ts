/** What is measured of a row. Times and memory are medians, CPU times means of the middle half. */
export interface Figures {
  readonly ms?: number;
  /** Of `node -e 0` in the same round. */
  readonly times?: number;
  /** For each more of something, by a line through what was measured. */
  readonly msEach?: number;
  readonly cpuMs?: number;
  readonly cpuTimes?: number;
  readonly mebibytes?: number;
  /** Than `node -e 0` holds. */
  readonly moreMebibytes?: number;
  readonly count?: number;
  readonly bytes?: number;
}

export interface Row {
  readonly title: string;
  readonly figures: Figures;
  /** The most that each figure may be. */
  readonly targets: Figures;
  /** The same of the other program; undefined where none was asked for, or where it cannot do this. */
  readonly other?: Figures;
  readonly note?: string;
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** The figures that are more than they may be; none where all targets are met, undefined where there is no target. */
export function missedTargets({ figures, targets }: Row): readonly (keyof Figures)[] | undefined {
  const names = Object.keys(targets) as (keyof Figures)[];
  if (names.length === 0) return undefined;
  return names.filter((name) => (figures[name] ?? Number.POSITIVE_INFINITY) > (targets[name] ?? 0));
}
