import type { Credentials, Format, FormatContext, Profile, RoleListing } from "@aws-okta-processor/contract";
import { BugError, CancelledError, UsageError } from "../errors.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import type { Options } from "../options/options.ts";
import type { World } from "../world.ts";
import { asText } from "./as-text.ts";
import { checkedProfiles } from "./checked-profiles.ts";
import { findShell } from "./find-shell.ts";
import { renderEnvironment, renderRemoval, toVariables } from "./render-environment.ts";

type Outside = Pick<World, "ancestors" | "outputTerminal">;

/**
 * The printer of credentials, found and checked before anything is sent.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`
 */
export async function credentialsPrinter(
  options: Options,
  extensions: Extensions,
  outside: Outside,
): Promise<(credentials: Credentials) => string> {
  if (options.environment) {
    const shell = await findShell(options, extensions, outside);
    return (credentials) => blame(shell, () => renderEnvironment(shell.value, credentials));
  }
  const format = await extensions.format(options.output);
  const { credentials: print } = format.value;
  if (print === undefined) throw new UsageError(`the format ${options.output} cannot print credentials`, { code: "FORMAT_UNSUITABLE" });
  return (credentials) => blame(format, () => asText(print(credentials, { variables: toVariables(credentials) })));
}

/** The lines that remove what `credentialsPrinter` sets. */
export async function removalLines(options: Options, extensions: Extensions, outside: Outside): Promise<string> {
  const shell = await findShell(options, extensions, outside);
  return blame(shell, () => renderRemoval(shell.value));
}

export interface RolesPrinter {
  readonly one: (listing: RoleListing) => string;
  /** Of several applications: as the format joins them, or one after the other. */
  readonly all: (listings: readonly RoleListing[]) => string;
}

/** @throws UsageError `EXTENSION_UNKNOWN`, `FORMAT_UNSUITABLE` or `OPTION_INVALID` */
export async function rolesPrinter(options: Options, extensions: Extensions, outside: Outside): Promise<RolesPrinter> {
  const format = await extensions.format(options.output);
  const { roles: print, applications: join } = format.value;
  if (print === undefined) throw new UsageError(`the format ${options.output} cannot print roles`, { code: "FORMAT_UNSUITABLE" });
  const context = contextOf(options, outside);
  checkContext(format, context, options);
  const pieces = (listings: readonly RoleListing[]) =>
    join?.(listings, context) ?? listings.flatMap((listing) => [...print(listing, context)]);
  return {
    one: (listing) => blame(format, () => [...print(listing, context)].map(asText).join("")),
    all: (listings) => blame(format, () => [...pieces(listings)].map(asText).join("")),
  };
}

/**
 * What makes profiles of listings, for a file and not for a terminal.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`, `FORMAT_UNSUITABLE` or `OPTION_INVALID`
 */
export async function profilesMaker(
  options: Options,
  extensions: Extensions,
): Promise<(listings: readonly RoleListing[]) => readonly Profile[]> {
  const format = await extensions.format(options.output);
  const { profiles: make } = format.value;
  if (make === undefined)
    throw new UsageError(`the format ${options.output} makes no profiles that could be written`, {
      code: "FORMAT_UNSUITABLE",
      hint: "give --output profiles with --write",
    });
  const context = contextOf(options, { outputTerminal: () => undefined });
  checkContext(format, context, options);
  return (listings) => blame(format, () => checkedProfiles(make(listings, context)));
}

function contextOf(options: Options, { outputTerminal }: Pick<World, "outputTerminal">): FormatContext {
  return {
    template: options.outputFormat,
    profiles: { style: options.profileStyle, name: options.profileName, region: options.profileRegion },
    terminal: outputTerminal(),
  };
}

function checkContext(format: Loaded<Format>, context: FormatContext, options: Options): void {
  for (const [check, option] of [
    [format.value.check, "output-format"],
    [format.value.checkName, "profile-name"],
  ] as const) {
    const problem = blame(format, () => {
      const said: unknown = check?.(context);
      return said === undefined ? undefined : asText(said);
    });
    if (problem !== undefined) throw new UsageError(`${problem} (${options.from(option)})`, { code: "OPTION_INVALID" });
  }
}

/** A plugin that throws is named, with what it says: a format throws when it cannot carry a value. */
function blame<T>({ packageName }: Loaded<unknown>, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof CancelledError || (error instanceof BugError && error.code === "PLUGIN_FAILED")) throw error;
    throw new BugError(`${packageName} cannot print this: ${wordsOf(error)}`, {
      code: "PLUGIN_FAILED",
      cause: error,
    });
  }
}

/** What a stranger throws may be anything, and do anything when it is looked at. */
function wordsOf(error: unknown): string {
  try {
    const words: unknown = error instanceof Error ? error.message : String(error);
    return typeof words === "string" ? words.slice(0, MOST_WORDS) : "";
  } catch {
    return "it does not say why";
  }
}

const MOST_WORDS = 1000;
