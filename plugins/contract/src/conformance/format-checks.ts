import type { Format, FormatContext, RoleListing } from "../index.ts";
import { type Check, demand, demandFunction, demandLine, demandSame, errorOf, show } from "./check.ts";
import { hostileTexts } from "./hostile.ts";
import { quietly } from "./quiet.ts";
import { credentialsOf, emptyListing, listingOf, namesOf, plainCredentials, plainListing } from "./sample-listing.ts";

export interface FormatExample {
  /** A value of `--output-format` that the format accepts; the host's default where it is left out. */
  readonly template?: string;
}

/** What every format must hold; run them one after another. */
export function formatChecks(format: Format, { template = "{account},{role}" }: FormatExample = {}): readonly Check[] {
  const context: FormatContext = Object.freeze({ template });
  const checks: readonly Check[] = [
    { title: "a format has roles, credentials or both", run: () => checkShape(format) },
    { title: "a format says in one line what is wrong with a template, and keeps its word", run: () => checkTemplates(format, context) },
    { title: "a format does not write, it returns", run: () => checkSilence(format, context) },
  ];
  const ofRoles: readonly Check[] = [
    { title: "a format writes the same listing the same way", run: () => checkRoles(format, context) },
    { title: "a format ends on an empty listing", run: () => void writeRoles(format, emptyListing, context) },
    { title: "a format writes hostile names, or throws an Error of one line", run: () => checkHostileRoles(format, context) },
  ];
  const ofCredentials: readonly Check[] = [
    { title: "a format writes the same credentials the same way", run: () => checkCredentials(format, context) },
    { title: "a format writes hostile credentials, or throws an Error of one line", run: () => checkHostileCredentials(format, context) },
  ];
  return [...checks, ...(format.roles === undefined ? [] : ofRoles), ...(format.credentials === undefined ? [] : ofCredentials)];
}

const mostPieces = 1000;

function checkShape(format: Format): void {
  demand(format.roles !== undefined || format.credentials !== undefined, "a format must have roles, credentials or both; it has neither");
  for (const name of ["roles", "credentials", "check"] as const)
    if (format[name] !== undefined) demandFunction(format[name], `a format's ${name}`);
}

function checkTemplates(format: Format, context: FormatContext): void {
  const problem = format.check?.(context);
  demand(problem === undefined, `check must accept the template of the example, ${show(context.template)}; it said ${show(problem)}`);
  for (const template of [...hostileTexts(50), "{", "}", "{{}}", "{unknown}", "{account:>{role}}"]) checkTemplate(format, { template });
}

function checkTemplate(format: Format, context: FormatContext): void {
  const problem = format.check?.(context);
  demandSame(problem, format.check?.(context), `check must judge the template ${show(context.template)} the same each time`);
  if (problem !== undefined) {
    demandLine(problem, `what check says of the template ${show(context.template)}`);
    return;
  }
  const error = errorOf(() => writeRoles(format, plainListing, context), "roles");
  demand(error === undefined, `a template that check accepts must work; roles refused ${show(context.template)}: ${show(error?.message)}`);
}

async function checkSilence(format: Format, context: FormatContext): Promise<void> {
  await quietly("a format", () => {
    format.check?.(context);
    writeRoles(format, plainListing, context);
    format.credentials?.(plainCredentials, context);
  });
}

function checkRoles(format: Format, context: FormatContext): void {
  const rule = "a format is pure: the same listing must give the same output";
  demandSame(writeRoles(format, plainListing, context), writeRoles(format, plainListing, context), rule);
}

function checkHostileRoles(format: Format, context: FormatContext): void {
  for (const text of ["", ...hostileTexts(50)]) {
    for (const listing of [listingOf(text), namesOf(text)])
      errorOf(() => writeRoles(format, listing, context), `roles, for names of ${show(text)},`);
  }
}

function checkCredentials(format: Format, context: FormatContext): void {
  const first = format.credentials?.(plainCredentials, context);
  demand(typeof first === "string", `credentials must return a text; it returned ${show(first)}`);
  demandSame(first, format.credentials?.(plainCredentials, context), "a format is pure: the same credentials must give the same output");
}

function checkHostileCredentials(format: Format, context: FormatContext): void {
  for (const text of ["", ...hostileTexts(50)])
    errorOf(() => format.credentials?.(credentialsOf(text), context), `credentials, for values of ${show(text)},`);
}

/** Reads a whole output as the host does, and gives up on one without end. */
function writeRoles(format: Format, listing: RoleListing, context: FormatContext): string {
  const pieces: string[] = [];
  for (const piece of format.roles?.(listing, context) ?? []) {
    demand(typeof piece === "string", `roles must give texts; it gave ${show(piece)}`);
    pieces.push(piece);
    demand(pieces.length <= mostPieces, `roles must end; for ${listing.accounts.length} accounts it gave more than ${mostPieces} pieces`);
  }
  return pieces.join("");
}
