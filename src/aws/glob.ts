/**
 * Whether a name matches a pattern as Python's fnmatch has it: `*`, `?`, `[seq]`, `[!seq]`; the whole name; no escape but a bracket;
 * case matters, but on Windows. Time grows with the name times the pattern and no faster: both may be a stranger's.
 *
 * @see https://docs.python.org/3/library/fnmatch.html
 */
export function matchesGlob(name: string, pattern: string, platform: string): boolean {
  const normalize = (text: string) => (platform === "win32" ? text.toLowerCase().replaceAll("/", "\\") : text);
  return walk([...normalize(name)], translate(normalize(pattern)));
}

/** Whether one character is the one; "any" stands for any number of them. */
type Part = "any" | ((character: string) => boolean);

/** Goes back to the last star only: what one before it could take more, that one can take as well. */
function walk(characters: readonly string[], parts: readonly Part[]): boolean {
  let at = 0;
  let part = 0;
  let star = { part: -1, at: 0 };
  while (at < characters.length) {
    const wanted = parts[part];
    if (wanted === "any") {
      star = { part, at };
      part += 1;
    } else if (wanted?.(characters[at] ?? "") === true) {
      at += 1;
      part += 1;
    } else if (star.part === -1) return false;
    else {
      star = { part: star.part, at: star.at + 1 };
      at = star.at;
      part = star.part + 1;
    }
  }
  return parts.slice(part).every((rest) => rest === "any");
}

function translate(pattern: string): readonly Part[] {
  const characters = [...pattern];
  const parts: Part[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    const end = character === "[" ? closingBracket(characters, i + 1) : -1;
    if (character === "*") parts.push("any");
    else if (character === "?") parts.push(() => true);
    else if (end === -1) parts.push((one) => one === character);
    else {
      parts.push(characterClass(characters.slice(i + 1, end)));
      i = end;
    }
  }
  return parts;
}

/** The first `]` that is not the first of its set, or -1: then the bracket stands for itself. */
function closingBracket(characters: readonly string[], start: number): number {
  const first = characters[start] === "!" ? start + 1 : start;
  return characters.indexOf("]", first + 1);
}

/** Ranges that run backwards match nothing, as in Python. */
function characterClass(set: readonly string[]): (character: string) => boolean {
  const negated = set[0] === "!";
  const members = negated ? set.slice(1) : [...set];
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < members.length; i++) {
    const [from = "", dash, to] = members.slice(i, i + 3);
    const isRange = dash === "-" && to !== undefined;
    ranges.push([order(from), order(isRange ? to : from)]);
    if (isRange) i += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= order(character) && order(character) <= to) !== negated;
}

const order = (character: string): number => character.codePointAt(0) ?? 0;
