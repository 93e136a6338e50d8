import type { Factor } from "@aws-okta-processor/contract";
import { AppError } from "../../errors.ts";
import type { Loaded } from "../../extensions/load.ts";
import { forPlugin } from "../../okta/answer-factor.ts";
import type { OfferedFactor } from "../../okta/transaction.ts";
import type { Parts } from "../parts.ts";

/** A factor that a plugin answers, and its line in the menu, like no other. */
export interface Usable {
  readonly offered: OfferedFactor;
  readonly plugin: Loaded<Factor>;
  readonly label: string;
}

export interface SortedFactors {
  readonly usable: readonly Usable[];
  /** The others, each with the reason. */
  readonly unusable: readonly string[];
}

/** Parts the factors that a plugin answers from those that none does. */
export async function sortFactors(parts: Parts, offered: readonly OfferedFactor[], wanted: string | undefined): Promise<SortedFactors> {
  const usable: Usable[] = [];
  const unusable = new Set<string>();
  for (const factor of offered) {
    const sorted = await sortFactor(parts, factor, wanted);
    if (typeof sorted === "string") unusable.add(sorted);
    else if (sorted !== undefined) usable.push(sorted);
  }
  return { usable: numberEqualLabels(usable), unusable: [...unusable] };
}

/** @returns undefined for a plugin of which the terminal was told already */
async function sortFactor(parts: Parts, offered: OfferedFactor, wanted: string | undefined): Promise<Usable | string | undefined> {
  const plugin = await loadPlugin(parts, offered, wanted);
  if (plugin === "told") return undefined;
  if (plugin === undefined) return `${offered.key} (no plugin for it is installed)`;
  const factor = forPlugin(offered);
  const problem = ask(() => plugin.value.unusable?.(factor));
  return problem === undefined
    ? { offered, plugin, label: ask(() => plugin.value.describe(factor)) ?? offered.key }
    : `${offered.key} (${problem})`;
}

/** A plugin that cannot be used is named, and the other factors go on working, unless it is the one that was asked for. */
async function loadPlugin({ extensions, terminal }: Parts, { key, vendorName }: OfferedFactor, wanted: string | undefined) {
  try {
    return await extensions.factor(key, vendorName);
  } catch (error) {
    if (!(error instanceof AppError) || key === wanted) throw error;
    terminal.announce(error.message);
    return "told" as const;
  }
}

/** A plugin's words, where it has some: one that fails here fails for itself. */
function ask(words: () => unknown): string | undefined {
  try {
    const said = words();
    return typeof said === "string" && said.trim() !== "" ? said : undefined;
  } catch {
    return undefined;
  }
}

/** Devices without a name of their own are told apart by number. */
function numberEqualLabels(usable: readonly Usable[]): readonly Usable[] {
  return usable.map((factor) => {
    const equal = usable.filter(({ label }) => label === factor.label);
    return equal.length === 1 ? factor : { ...factor, label: `${factor.label} (${equal.indexOf(factor) + 1})` };
  });
}
