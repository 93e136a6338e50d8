/**
 * Wraps a step so that its result is asked for only when nothing kept answers. The step knows nothing of it.
 *
 * @param shelf `alone` lets many who want the same take the step one after the other, those who wait answered by what was kept meanwhile
 */
export function remember<Arguments extends readonly unknown[], Result>(
  step: (...given: Arguments) => Promise<Result>,
  shelf: {
    readonly read: (...given: Arguments) => Result | undefined;
    readonly write: (result: Result, ...given: Arguments) => Promise<void>;
    readonly alone: (work: () => Promise<Result>, ...given: Arguments) => Promise<Result>;
  },
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const fetch = async () => {
      const result = await step(...given);
      await shelf.write(result, ...given);
      return result;
    };
    return shelf.read(...given) ?? shelf.alone(fetch, ...given);
  };
}
