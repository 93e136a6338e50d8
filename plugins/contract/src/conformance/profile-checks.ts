import type { Format, FormatContext, Profile } from "../index.ts";
import { atAnotherTime } from "./another-time.ts";
import { type Check, demand, demandLine, demandSame, errorOf, show } from "./check.ts";
import { hostileTexts } from "./hostile.ts";
import { namesOf, plainListing, plainListings } from "./sample-listing.ts";

/** What a format must hold that makes profiles. */
export function profileChecks(format: Format, context: FormatContext): readonly Check[] {
  return [
    { title: "a format says in one line what is wrong with a profile's name, and keeps its word", run: () => checkNames(format, context) },
    { title: "a format makes the same profiles of the same listings", run: () => checkSame(format, context) },
    { title: "a profile has a section of its own, and each of its parts is one line", run: () => checkParts(format, context) },
  ];
}

function checkNames(format: Format, context: FormatContext): void {
  for (const name of ["{account}", ...hostileTexts(50), "{", "{unknown}"])
    checkName(format, { ...context, profiles: { ...context.profiles, name } });
}

function checkName(format: Format, context: FormatContext): void {
  const named = `the profile name ${show(context.profiles.name)}`;
  const problem = format.checkName?.(context);
  demandSame(problem, format.checkName?.(context), `checkName must judge ${named} the same each time`);
  if (problem !== undefined) {
    demandLine(problem, `what checkName says of ${named}`);
    return;
  }
  const error = errorOf(() => format.profiles?.([plainListing], context), "profiles");
  demand(error === undefined, `a name that checkName accepts must work; profiles refused ${named}: ${show(error?.message)}`);
}

function checkSame(format: Format, context: FormatContext): void {
  const rule = "a format is pure: the same listings must make the same profiles";
  demandSame(
    format.profiles?.(plainListings, context),
    atAnotherTime(() => format.profiles?.(plainListings, context)),
    rule,
  );
}

function checkParts(format: Format, context: FormatContext): void {
  for (const text of ["acme", ...hostileTexts(50)]) {
    const made: Profile[] = [];
    const what = `profiles, for names of ${show(text)},`;
    const error = errorOf(() => made.push(...(format.profiles?.([plainListing, namesOf(text)], context) ?? [])), what);
    if (error !== undefined) continue;
    const sections = made.map(({ section }) => section);
    demandSame(Array.from(new Set(sections)), sections, "two profiles of one section cannot be told apart; each must have its own");
    for (const { section, settings } of made)
      for (const part of [section, ...Object.entries(settings).flat()]) demandLine(part, `a part of the profile ${show(section)}`);
  }
}
