/** Wraps a step so that its result is asked for only when nothing kept answers. The step knows nothing of it. */
export function remember<Arguments extends readonly unknown[], Result>(
  step: (...given: Arguments) => Promise<Result>,
  shelf: {
    readonly read: (...given: Arguments) => Result | undefined;
    readonly write: (result: Result, ...given: Arguments) => Promise<void>;
  },
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const kept = shelf.read(...given);
    if (kept !== undefined) return kept;
    const result = await step(...given);
    await shelf.write(result, ...given);
    return result;
  };
}
