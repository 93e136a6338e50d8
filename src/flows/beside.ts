/** Work beside the line, for which the answer does not wait. */
export interface Beside {
  /**
   * Begins work that ends soon when its signal is aborted.
   *
   * @returns what it came to, undefined where it failed or was ended: its failure is nobody's
   */
  readonly begin: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T | undefined>;
  /** Ends what is still under way; a file that is being written is finished. */
  readonly end: () => Promise<void>;
}

export function createBeside(): Beside {
  const over = new AbortController();
  const begun: Promise<unknown>[] = [];
  return {
    begin: (work) => {
      const outcome = work(over.signal).catch(() => undefined);
      begun.push(outcome);
      return outcome;
    },
    end: async () => {
      over.abort();
      await Promise.all(begun);
    },
  };
}
