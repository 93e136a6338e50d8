/** A text that is secret to nobody but tells who somebody is, and what stands in its place. */
export interface KnownName {
  readonly text: string;
  readonly placeholder: string;
}

/** Shorter than this a name is a part of any word. */
const SHORTEST = 3;

/**
 * Takes names out of a line that somebody may publish: those that are known, e-mail addresses, ids of accounts, and values that a message
 * repeats.
 */
export function createRedact(names: readonly KnownName[]): (line: string) => string {
  const known = names
    .filter(({ text }) => text.length >= SHORTEST)
    .toSorted((one, other) => other.text.length - one.text.length)
    .map(({ text, placeholder }) => ({ pattern: patternOf(text), placeholder }));
  return (line) => {
    const bare = known.reduce((text, { pattern, placeholder }) => text.replace(pattern, () => placeholder), line);
    return bare
      .replace(/, got ".*"/su, ", got something else")
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, "EMAIL")
      .replace(/(?<!\d)\d{12}(?!\d)/gu, "ACCOUNT");
  };
}

function patternOf(text: string): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}
