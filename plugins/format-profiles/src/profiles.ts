import type { Format, RoleListing } from "@aws-okta-processor/contract";
import { canCarry, checkValue } from "./command-line.ts";
import { type NamedRole, nameSections, slug } from "./section-names.ts";

export const format: Format = { roles: writeProfiles };

/** All is checked before the first profile is written. */
function writeProfiles(listing: RoleListing): Iterable<string> {
  const common = [
    argument("organization", listing.organization),
    argument("user", listing.user),
    argument("application", listing.applicationUrl),
  ];
  return nameSections(listing.accounts).map((role) => writeProfile(role, common));
}

function writeProfile({ section, accountName, arn }: NamedRole, common: readonly string[]): string {
  const key = `${canCarry(accountName) ? accountName : slug(accountName)}-${arn}`;
  const command = ["aws-okta-processor", "authenticate", ...common, argument("role", arn), argument("key", key)].join(" ");
  return `\n[${section}]\ncredential_process=${command}\n`;
}

function argument(option: string, value: string): string {
  return `--${option}="${checkValue(option, value)}"`;
}
