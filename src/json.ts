/** An object that came as JSON, not read yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Readers of single fields: absent and wrongly typed are the same, undefined. */

export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** A text that may stand in a header as the value of a cookie. @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
export const cookieValue = (value: unknown): string | undefined =>
  /^[\x21-\x3a\x3c-\x7e]+$/.test(text(value) ?? "") ? text(value) : undefined;

export const record = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Follows names from an object inwards. */
export function dig(json: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => record(at)?.[name], json);
}

/** Replies have a dozen levels, and we write none with more; whatever walks through more of them walks off the stack. */
const DEEPEST = 100;

export const isDeep = (value: unknown, left = DEEPEST): boolean =>
  typeof value === "object" && value !== null && (left === 0 || Object.values(value).some((inner) => isDeep(inner, left - 1)));

/** What a JSON text from outside holds, or undefined where it is none or nests more than 100 deep. */
export function parseReply(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return isDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** The object in a JSON text of ours, or undefined where there is none. */
export function parseRecord(json: string): Json | undefined {
  try {
    return record(JSON.parse(json));
  } catch {
    return undefined;
  }
}
