import { UsageError } from "../errors.ts";
import { isAwsSignInHost } from "../partitions.ts";
import type { Found } from "./layers.ts";
import { type NamedRow, OPTIONS, type OptionName } from "./table.ts";

/**
 * Refuses what may not be given at all, and what may not be given there. A dotfile in the working directory is a stranger's: it may neither
 * send the assertion to a host of its choice nor run a command.
 *
 * @throws UsageError `OPTION_REFUSED` or `OPTION_FORBIDDEN`, naming the option and where it was given
 */
export function refuseForbidden(found: ReadonlyMap<OptionName, Found>): void {
  for (const row of OPTIONS) {
    const value = found.get(row.name);
    if (value === undefined) continue;
    if (row.refused !== undefined)
      throw new UsageError(`${row.name} is not taken (${value.from})`, { code: "OPTION_REFUSED", hint: row.refused });
    if (value.workingDirectory) refuseStrangers(row, value);
  }
}

function refuseStrangers({ name, fromWorkingDirectory, noFlag }: NamedRow, { raw, from }: Found): void {
  if (fromWorkingDirectory === "never") {
    const layers = noFlag === true ? "a variable" : "a flag, a variable";
    throw new UsageError(`${name} may be set only by ${layers} or your own dotfile (${from})`, { code: "OPTION_FORBIDDEN" });
  }
  if (fromWorkingDirectory === undefined || isAwsUrl(raw)) return;
  throw new UsageError(`${name} may leave AWS only by a flag, a variable or your own dotfile (${from})`, { code: "OPTION_FORBIDDEN" });
}

/** What is no URL at all is refused as that. */
function isAwsUrl(raw: string): boolean {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  return url === undefined || (url.protocol === "https:" && isAwsSignInHost(url.hostname));
}
