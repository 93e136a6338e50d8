import type { Format, RoleListing } from "@aws-okta-processor/contract";
import { canCarry, checkValue } from "./command-line.ts";
import { type NamedRole, nameSections, slug } from "./section-names.ts";

export const format: Format = { applications: writeProfiles, roles: (listing) => writeProfiles([listing]) };

/** All is checked before the first profile is written. A role that several applications give is a profile of the first one. */
function writeProfiles(listings: readonly RoleListing[]): Iterable<string> {
  const givenBy = new Map(listings.toReversed().flatMap((listing) => arnsOf(listing).map((arn) => [arn, commonArguments(listing)])));
  return nameSections(listings.flatMap(({ accounts }) => accounts)).map((role) => writeProfile(role, givenBy.get(role.arn) ?? []));
}

const arnsOf = ({ accounts }: RoleListing): readonly string[] => accounts.flatMap(({ roles }) => roles.map(({ arn }) => arn));

function commonArguments(listing: RoleListing): readonly string[] {
  return [argument("organization", listing.organization), argument("user", listing.user), argument("application", listing.applicationUrl)];
}

function writeProfile({ section, accountName, arn }: NamedRole, common: readonly string[]): string {
  const key = `${canCarry(accountName) ? accountName : slug(accountName)}-${arn}`;
  const command = ["aws-okta-processor", "authenticate", ...common, argument("role", arn), argument("key", key)].join(" ");
  return `\n[${section}]\ncredential_process=${command}\n`;
}

function argument(option: string, value: string): string {
  return `--${option}="${checkValue(option, value)}"`;
}
