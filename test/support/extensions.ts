import { setTimeout } from "node:timers/promises";
import { createExtensions, type Extensions, type Loading } from "../../src/extensions/load.ts";
import { createRegistry, type InstalledPackage } from "../../src/extensions/registry.ts";

/** The extensions of packages, on a real clock, and what was told of them. */
export function extensionsOf(
  packages: readonly InstalledPackage[],
  given: Partial<Loading> = {},
): { readonly extensions: Extensions; readonly told: readonly string[]; readonly introduced: readonly string[] } {
  const told: string[] = [];
  const introduced: string[] = [];
  const loading: Loading = {
    doze: (ms, signal) => setTimeout(ms, undefined, { signal, ref: false }),
    now: () => new Date(),
    signal: new AbortController().signal,
    notify: (line) => told.push(line),
    introduce: ({ name }) => introduced.push(name),
    ...given,
  };
  return { told, introduced, extensions: createExtensions(createRegistry(packages), loading) };
}
