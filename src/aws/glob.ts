/**
 * Whether a name matches a pattern as Python's fnmatch has it: `*`, `?`, `[seq]`, `[!seq]`; the whole name; no escape but a bracket;
 * case matters, but on Windows.
 *
 * @see https://docs.python.org/3/library/fnmatch.html
 */
export function matchesGlob(name: string, pattern: string, platform: string): boolean {
  const normalize = (text: string) => (platform === "win32" ? text.toLowerCase().replaceAll("/", "\\") : text);
  return new RegExp(`^${translate(normalize(pattern))}$`, "su").test(normalize(name));
}

const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function translate(pattern: string): string {
  const characters = [...pattern];
  let source = "";
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? "";
    const end = character === "[" ? closingBracket(characters, i + 1) : -1;
    if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else if (end === -1) source += escapeText(character);
    else {
      source += characterClass(characters.slice(i + 1, end));
      i = end;
    }
  }
  return source;
}

/** The first `]` that is not the first of its set, or -1: then the bracket stands for itself. */
function closingBracket(characters: readonly string[], start: number): number {
  const first = characters[start] === "!" ? start + 1 : start;
  return characters.indexOf("]", first + 1);
}

/** Ranges that run backwards match nothing, as in Python. */
function characterClass(set: readonly string[]): string {
  const negated = set[0] === "!";
  const members = negated ? set.slice(1) : [...set];
  let source = "";
  for (let i = 0; i < members.length; i++) {
    const [from = "", dash, to] = members.slice(i, i + 3);
    if (dash === "-" && to !== undefined) {
      if (order(from) <= order(to)) source += `${escapeMember(from)}-${escapeMember(to)}`;
      i += 2;
    } else source += escapeMember(from);
  }
  if (source === "") return negated ? "." : "(?!)";
  return `[${negated ? "^" : ""}${source}]`;
}

const order = (character: string): number => character.codePointAt(0) ?? 0;

const escapeMember = (character: string): string => character.replace(/[\\\]^[-]/, "\\$&");
