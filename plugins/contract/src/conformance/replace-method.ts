type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

/**
 * Puts another function in the place of a method, until it is put back.
 *
 * @param wrap is given the method as it was
 * @returns what puts it back
 */
export function replaceMethod(owner: object, name: PropertyKey, wrap: (original: Method) => Method): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (!isMethod(original)) return () => undefined;
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const value = wrap(original);
  // Node keeps what util.promisify needs on the functions themselves.
  Object.defineProperties(value, Object.getOwnPropertyDescriptors(original));
  Object.defineProperty(owner, name, { configurable: true, writable: true, enumerable: own?.enumerable ?? true, value });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}
