import type { Credentials, Format, RoleListing } from "@aws-okta-processor/contract";
import { BugError, UsageError } from "../errors.ts";
import type { Extensions, Loaded } from "../extensions/load.ts";
import type { Options } from "../options/options.ts";
import { asText } from "./as-text.ts";
import { renderEnvironment } from "./render-environment.ts";

/**
 * The printer of credentials, found and checked before anything is sent.
 *
 * @throws UsageError `EXTENSION_UNKNOWN`
 */
export async function credentialsPrinter(options: Options, extensions: Extensions): Promise<(credentials: Credentials) => string> {
  if (options.environment) {
    const shell = await extensions.shell(options.targetShell);
    return (credentials) => blame(shell, () => renderEnvironment(shell.value, credentials));
  }
  const format = await extensions.format(options.output);
  const { credentials: print } = format.value;
  if (print === undefined) throw new UsageError(`the format ${options.output} cannot print credentials`, { code: "FORMAT_UNSUITABLE" });
  return (credentials) => blame(format, () => asText(print(credentials, { template: options.outputFormat })));
}

export interface RolesPrinter {
  readonly one: (listing: RoleListing) => string;
  /** Of several applications: as the format joins them, or one after the other. */
  readonly all: (listings: readonly RoleListing[]) => string;
}

/** @throws UsageError `EXTENSION_UNKNOWN`, `FORMAT_UNSUITABLE` or `OPTION_INVALID` */
export async function rolesPrinter(options: Options, extensions: Extensions): Promise<RolesPrinter> {
  const format = await extensions.format(options.output);
  const { roles: print, applications: join } = format.value;
  if (print === undefined) throw new UsageError(`the format ${options.output} cannot print roles`, { code: "FORMAT_UNSUITABLE" });
  const context = { template: options.outputFormat };
  const problem = checkFormat(format, context.template);
  if (problem !== undefined) throw new UsageError(`${problem} (${options.from("output-format")})`, { code: "OPTION_INVALID" });
  const pieces = (listings: readonly RoleListing[]) =>
    join?.(listings, context) ?? listings.flatMap((listing) => [...print(listing, context)]);
  return {
    one: (listing) => blame(format, () => [...print(listing, context)].map(asText).join("")),
    all: (listings) => blame(format, () => [...pieces(listings)].map(asText).join("")),
  };
}

function checkFormat(format: Loaded<Format>, template: string): string | undefined {
  return blame(format, () => format.value.check?.({ template }));
}

/** A plugin that throws is named, with what it says: a format throws when it cannot carry a value. */
function blame<T>({ packageName }: Loaded<unknown>, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new BugError(`${packageName} cannot print this: ${error instanceof Error ? error.message : String(error)}`, {
      code: "PLUGIN_FAILED",
      cause: error,
    });
  }
}
