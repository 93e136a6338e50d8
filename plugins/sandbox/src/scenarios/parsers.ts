/** Reads a value or throws an Error that names the place. */
export type Parser<T> = (value: unknown, path: string) => T;

type Parsers<T> = { readonly [Name in keyof T]: Parser<T[Name]> };

export const text: Parser<string> = (value, path) => (typeof value === "string" ? value : reject(path, "a text"));

export const flag: Parser<boolean> = (value, path) => (typeof value === "boolean" ? value : reject(path, "true or false"));

export const count: Parser<number> = (value, path) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : reject(path, "a whole number");

export const wholeNumber: Parser<number> = (value, path) =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : reject(path, "a whole number");

export const dictionary: Parser<Readonly<Record<string, unknown>>> = (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return reject(path, "an object");
  return value as Readonly<Record<string, unknown>>;
};

export function matching(pattern: RegExp, wanted: string): Parser<string> {
  return (value, path) => (typeof value === "string" && pattern.test(value) ? value : reject(path, wanted));
}

export function list<T>(item: Parser<T>, least = 0): Parser<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least) return reject(path, least === 0 ? "a list" : "a list that is not empty");
    return value.map((inner, index) => item(inner, `${path}[${index}]`));
  };
}

export function word<const W extends string>(...words: readonly W[]): Parser<W> {
  return (value, path) => words.find((candidate) => candidate === value) ?? reject(path, `one of: ${words.join(", ")}`);
}

/** Reads texts with one parser and everything else with another. */
export function textOr<A, B>(asText: Parser<A>, other: Parser<B>): Parser<A | B> {
  return (value, path) => (typeof value === "string" ? asText(value, path) : other(value, path));
}

/** Reads an object with the parser that the word in one of its fields names. */
export function variant<T>(field: string, parsers: Readonly<Record<string, Parser<T>>>): Parser<T> {
  const name = word(...Object.keys(parsers));
  return (value, path) => {
    const parser = parsers[name(dictionary(value, path)[field], `${path}.${field}`)];
    return parser === undefined ? reject(path, "known") : parser(value, path);
  };
}

/** An object with these fields and no others. */
export function record<R, O = object>(required: Parsers<R>, optional?: Parsers<O>): Parser<R & Partial<O>> {
  const wanted: readonly [string, Parser<unknown>][] = Object.entries(required);
  const allowed = new Map<string, Parser<unknown>>([...wanted, ...Object.entries<Parser<unknown>>(optional ?? {})]);
  return (value, path) => {
    const given = dictionary(value, path);
    const missing = wanted.find(([name]) => given[name] === undefined);
    if (missing !== undefined) return reject(`${path}.${missing[0]}`, "there");
    const read = Object.entries(given).map(([name, inner]) => {
      const parser = allowed.get(name);
      return [
        name,
        parser === undefined ? reject(`${path}.${name}`, `one of: ${[...allowed.keys()].join(", ")}`) : parser(inner, `${path}.${name}`),
      ];
    });
    return Object.fromEntries(read) as R & Partial<O>;
  };
}

function reject(path: string, wanted: string): never {
  throw new Error(`${path} must be ${wanted}`);
}
