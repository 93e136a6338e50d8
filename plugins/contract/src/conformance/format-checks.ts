import type { Format, FormatContext, RoleListing } from "../index.ts";
import { atAnotherTime } from "./another-time.ts";
import { type Check, demand, demandFunction, demandLine, demandSame, errorOf, show } from "./check.ts";
import { hostileTexts } from "./hostile.ts";
import { profileChecks } from "./profile-checks.ts";
import { quietly } from "./quiet.ts";
import { contextOf, contextsOf, variablesOf } from "./sample-context.ts";
import { credentialsOf, emptyListing, listingOf, namesOf, plainCredentials, plainListing, plainListings } from "./sample-listing.ts";
import { calling, watchedChecks } from "./watched.ts";
import { type Functions, lend, watchedPlugin } from "./watched-plugin.ts";

export interface FormatExample {
  /** A value of `--output-format` that the format accepts; the host's default where it is left out. */
  readonly template?: string;
}

/** What every format must hold; run them one after another. */
export function formatChecks(plugin: Format, { template = "{account},{role}" }: FormatExample = {}): readonly Check[] {
  const context = contextOf(template);
  const format = watchedPlugin(plugin, functions);
  const checks: readonly Check[] = [
    { title: "a format has roles, credentials or both", run: () => checkShape(plugin) },
    { title: "a format says in one line what is wrong with a template, and keeps its word", run: () => checkTemplates(format, context) },
    { title: "a format does not write, it returns", run: () => checkSilence(format, context) },
  ];
  const ofRoles: readonly Check[] = [
    { title: "a format writes the same listing the same way", run: () => checkRoles(format, template) },
    { title: "a format ends on an empty listing", run: () => void writeRoles(format, emptyListing, context) },
    { title: "a format writes hostile names, or throws an Error of one line", run: () => checkHostileRoles(format, template) },
    { title: "a format has colours for a terminal alone", run: () => checkColours(format, template) },
  ];
  const ofApplications: readonly Check[] = [
    { title: "a format that joins applications has roles too", run: () => checkJoins(format) },
    { title: "a format writes the same applications the same way", run: () => checkApplications(format, context) },
    {
      title: "a format ends where there are no applications, and where they give nothing",
      run: () => checkNoApplications(format, context),
    },
    {
      title: "a format writes applications with hostile names, or throws an Error of one line",
      run: () => checkHostileApplications(format, context),
    },
  ];
  const ofCredentials: readonly Check[] = [
    { title: "a format writes the same credentials the same way", run: () => checkCredentials(format) },
    { title: "a format writes hostile credentials, or throws an Error of one line", run: () => checkHostileCredentials(format) },
  ];
  return watchedChecks("a format", [
    ...checks,
    ...(format.roles === undefined ? [] : ofRoles),
    ...(format.applications === undefined ? [] : ofApplications),
    ...(format.profiles === undefined ? [] : profileChecks(format, context)),
    ...(format.credentials === undefined ? [] : ofCredentials),
  ]);
}

/** What roles and applications return is read where they are called. */
const functions: Functions<Format> = { kind: "a format", names: ["check", "checkName", "profiles", "credentials"] };

const mostPieces = 1000;

function checkShape(format: Format): void {
  demand(format.roles !== undefined || format.credentials !== undefined, "a format must have roles, credentials or both; it has neither");
  for (const name of ["roles", "applications", ...functions.names] as const)
    if (format[name] !== undefined) demandFunction(format[name], `a format's ${name}`);
}

function checkTemplates(format: Format, context: FormatContext): void {
  const problem = format.check?.(context);
  demand(problem === undefined, `check must accept the template of the example, ${show(context.template)}; it said ${show(problem)}`);
  for (const template of [...hostileTexts(50), "{", "}", "{{}}", "{unknown}", "{account:>{role}}"])
    checkTemplate(format, { ...context, template });
}

function checkTemplate(format: Format, context: FormatContext): void {
  const problem = format.check?.(context);
  demandSame(problem, format.check?.(context), `check must judge the template ${show(context.template)} the same each time`);
  if (problem !== undefined) {
    demandLine(problem, `what check says of the template ${show(context.template)}`);
    return;
  }
  const attempts = {
    roles: () => writeRoles(format, plainListing, context),
    applications: () => writeApplications(format, plainListings, context),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    const error = errorOf(attempt, name);
    demand(
      error === undefined,
      `a template that check accepts must work; ${name} refused ${show(context.template)}: ${show(error?.message)}`,
    );
  }
}

async function checkSilence(format: Format, context: FormatContext): Promise<void> {
  await quietly("a format", () => {
    format.check?.(context);
    writeRoles(format, plainListing, context);
    writeApplications(format, plainListings, context);
    format.profiles?.(plainListings, context);
    format.credentials?.(plainCredentials, variablesOf(plainCredentials));
  });
}

function checkRoles(format: Format, template: string): void {
  const rule = "a format is pure: the same listing must give the same output";
  for (const context of contextsOf(template))
    demandSame(
      writeRoles(format, plainListing, context),
      atAnotherTime(() => writeRoles(format, plainListing, context)),
      rule,
    );
}

function checkHostileRoles(format: Format, template: string): void {
  for (const context of contextsOf(template))
    for (const text of ["", ...hostileTexts(50)])
      for (const listing of [listingOf(text), namesOf(text)])
        errorOf(() => writeRoles(format, listing, context), `roles, for names of ${show(text)},`);
}

function checkColours(format: Format, template: string): void {
  for (const context of contextsOf(template).filter(({ terminal }) => terminal?.hasColors !== true)) {
    const output = writeRoles(format, plainListing, context);
    demand(
      !output.includes("\u001b"),
      `colours are for a terminal that has them; for ${show(context.terminal)} roles wrote ${show(output)}`,
    );
  }
}

function checkJoins(format: Format): void {
  demand(
    format.roles !== undefined,
    "a format that joins applications must have roles, for the host lists a single one by them; it has none",
  );
}

function checkApplications(format: Format, context: FormatContext): void {
  const rule = "a format is pure: the same applications must give the same output";
  const first = writeApplications(format, plainListings, context);
  demandSame(
    first,
    atAnotherTime(() => writeApplications(format, plainListings, context)),
    rule,
  );
}

function checkNoApplications(format: Format, context: FormatContext): void {
  for (const listings of [[], [emptyListing], [emptyListing, emptyListing]]) writeApplications(format, listings, context);
}

function checkHostileApplications(format: Format, context: FormatContext): void {
  for (const text of ["", ...hostileTexts(50)]) {
    for (const listings of [
      [plainListing, namesOf(text)],
      [listingOf(text), listingOf(text)],
    ])
      errorOf(() => writeApplications(format, listings, context), `applications, for names of ${show(text)},`);
  }
}

function checkCredentials(format: Format): void {
  const context = variablesOf(plainCredentials);
  const first = format.credentials?.(plainCredentials, context);
  demand(typeof first === "string", `credentials must return a text; it returned ${show(first)}`);
  const second = atAnotherTime(() => format.credentials?.(plainCredentials, context));
  demandSame(first, second, "a format is pure: the same credentials must give the same output");
}

function checkHostileCredentials(format: Format): void {
  for (const text of ["", ...hostileTexts(50)])
    errorOf(() => format.credentials?.(credentialsOf(text), variablesOf(credentialsOf(text))), `credentials, for values of ${show(text)},`);
}

function writeRoles(format: Format, listing: RoleListing, context: FormatContext): string {
  return lend("a format", { listing, context }, (lent) =>
    calling("roles", () => readAll(format.roles?.(lent.listing, lent.context) ?? [], "roles", `${listing.accounts.length} accounts`)),
  );
}

function writeApplications(format: Format, listings: readonly RoleListing[], context: FormatContext): string {
  return lend("a format", { listings, context }, (lent) =>
    calling("applications", () =>
      readAll(format.applications?.(lent.listings, lent.context) ?? [], "applications", `${listings.length} of them`),
    ),
  );
}

/** Reads a whole output as the host does, and gives up on one without end. */
function readAll(output: Iterable<string>, name: string, amount: string): string {
  const pieces: string[] = [];
  for (const piece of output) {
    demand(typeof piece === "string", `${name} must give texts; it gave ${show(piece)}`);
    pieces.push(piece);
    demand(pieces.length <= mostPieces, `${name} must end; for ${amount} it gave more than ${mostPieces} pieces`);
  }
  return pieces.join("");
}
