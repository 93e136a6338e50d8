import { isDeepStrictEqual } from "node:util";
import { demand, show } from "./check.ts";
import { calling } from "./watched.ts";

/** The functions of one kind of plugin that are synchronous and whose result is all that they do. */
export interface Functions<T> {
  /** As messages call the plugin. */
  readonly kind: string;
  readonly names: readonly (keyof T & string)[];
}

/** The plugin, each of whose functions here is given copies, and has its name told when it does not end. */
export function watchedPlugin<T extends object>(plugin: T, { kind, names }: Functions<T>): T {
  const members = names.flatMap((name) => {
    const member: unknown = plugin[name];
    if (typeof member !== "function") return [];
    const call = (...args: readonly unknown[]): unknown =>
      lend(kind, args, (lent) => calling(name, (): unknown => Reflect.apply(member, plugin, lent)));
    return [[name, call]];
  });
  return Object.assign(Object.create(plugin), Object.fromEntries(members)) as T;
}

/** Lends a copy, and fails where it is not as it was afterwards. */
export function lend<G, T>(kind: string, given: G, use: (lent: G) => T): T {
  const lent = structuredClone(given);
  const result = use(lent);
  demand(isDeepStrictEqual(lent, given), `${kind} must not change what it is given; it was ${show(given)}, and then ${show(lent)}`);
  return result;
}
