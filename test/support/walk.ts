/** Every text that can be reached from a value, by any way that JavaScript has: properties, symbols, getters, prototypes, collections. */
export function textsIn(root: unknown): readonly string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [root];
  while (queue.length > 0) {
    const value = queue.pop();
    if (typeof value === "string") texts.push(value);
    if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) continue;
    seen.add(value);
    queue.push(...partsOf(value));
  }
  return texts;
}

function partsOf(value: object): readonly unknown[] {
  const parts: unknown[] = [Object.getPrototypeOf(value)];
  if (typeof value === "function") parts.push(Function.prototype.toString.call(value));
  if (value instanceof Map || value instanceof Set) parts.push(...[...value].flat());
  if (ArrayBuffer.isView(value)) parts.push(Buffer.from(value.buffer).toString("latin1"));
  for (const key of Reflect.ownKeys(value)) {
    parts.push(typeof key === "string" ? key : key.description);
    try {
      parts.push(Reflect.get(value, key));
    } catch {
      // A getter of a prototype, away from what it belongs to.
    }
  }
  return parts;
}
