import { UsageError } from "../../errors.ts";
import type { Options } from "../../options/options.ts";
import type { SortedFactors, Usable } from "./sort-factors.ts";

/**
 * The factors that were asked for: by Okta's key, with or without the vendor, by the name shown in the menu, or by the type alone where only
 * one key has it. All of them where none was asked for.
 *
 * @throws UsageError `FACTOR_UNKNOWN`, `FACTOR_AMBIGUOUS`
 */
export function matchFactors({ usable, unusable }: SortedFactors, options: Options): readonly Usable[] {
  const given = options.factor;
  if (given === undefined) return usable;
  const wanted = given.toLowerCase();
  const named = usable.filter((factor) => namesOf(factor).includes(wanted));
  if (named.length > 0) return named;
  const typed = usable.filter(({ offered }) => offered.factorType.toLowerCase() === wanted);
  const from = options.from("factor");
  const listed = unusable.find((factor) => factor.startsWith(`${wanted} (`));
  if (listed !== undefined)
    throw new UsageError(`nobody can answer ${listed} here (${from})`, {
      code: "FACTOR_UNKNOWN",
      hint: `choose one of: ${keysOf(usable)}`,
    });
  if (typed.length === 0)
    throw new UsageError(`the factor ${given} is not offered to you (${from})`, {
      code: "FACTOR_UNKNOWN",
      hint: `choose one of: ${keysOf(usable)}`,
    });
  if (typed.every(({ offered }) => offered.key === typed[0]?.offered.key)) return typed;
  throw new UsageError(`several factors are ${given} (${from})`, { code: "FACTOR_AMBIGUOUS", hint: `choose one of: ${keysOf(typed)}` });
}

const namesOf = ({ offered: { key, vendorName }, label }: Usable): readonly string[] => [
  key,
  `${key}/${vendorName?.toLowerCase() ?? ""}`,
  label.toLowerCase(),
];

const keysOf = (factors: readonly Usable[]): string => [...new Set(factors.map(({ offered }) => offered.key))].join(", ");
