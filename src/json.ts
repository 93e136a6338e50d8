/** An object that came as JSON, not read yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Readers of single fields: absent and wrongly typed are the same, undefined. */

export const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

export const record = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Follows names from an object inwards. */
export function dig(json: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => record(at)?.[name], json);
}

/** The object in a JSON text, or undefined where there is none. */
export function parseRecord(json: string): Json | undefined {
  try {
    return record(JSON.parse(json));
  } catch {
    return undefined;
  }
}
