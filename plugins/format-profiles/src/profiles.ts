import type { Format, FormatContext, Profile, RoleListing } from "@aws-okta-processor/contract";
import { canCarry, checkValue } from "./command-line.ts";
import { checkTemplate, namer } from "./name-template.ts";
import { type NamedRole, nameProfiles, slug, slugForConfig } from "./profile-names.ts";
import { regionFor } from "./region.ts";

export const format: Format = {
  applications: writeProfiles,
  checkName: ({ profiles: { name } }) => (name === undefined ? undefined : checkTemplate(name)),
  profiles: makeProfiles,
  roles: (listing, context) => writeProfiles([listing], context),
};

/** All is checked before the first profile is written. */
function writeProfiles(listings: readonly RoleListing[], context: FormatContext): Iterable<string> {
  return makeProfiles(listings, context).map(writeProfile);
}

function writeProfile({ section, settings }: Profile): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return `\n[${section}]\n${lines.join("")}`;
}

/** A role that several applications give is a profile of the first one. */
function makeProfiles(listings: readonly RoleListing[], { profiles: { style, name, region } }: FormatContext): readonly Profile[] {
  const [first] = listings;
  const givenBy = new Map(listings.toReversed().flatMap((listing) => arnsOf(listing).map((arn) => [arn, commonArguments(listing)])));
  const roles = nameProfiles(
    listings.flatMap(({ accounts }) => accounts),
    {
      nameRole: name === undefined || first === undefined ? undefined : namer(name, first),
      slug: style === "config" ? slugForConfig : slug,
    },
  );
  return roles.map((role) => ({
    section: style === "config" && role.name !== "default" ? `profile ${role.name}` : role.name,
    settings: {
      credential_process: writeCommand(role, givenBy.get(role.arn) ?? []),
      ...(region === undefined ? {} : settingOf("region", regionFor(role.arn, region))),
    },
  }));
}

const arnsOf = ({ accounts }: RoleListing): readonly string[] => accounts.flatMap(({ roles }) => roles.map(({ arn }) => arn));

function settingOf(name: string, value: string | undefined): Profile["settings"] {
  return value === undefined ? {} : { [name]: value };
}

function commonArguments(listing: RoleListing): readonly string[] {
  return [argument("organization", listing.organization), argument("user", listing.user), argument("application", listing.applicationUrl)];
}

function writeCommand({ accountName, arn }: NamedRole, common: readonly string[]): string {
  const key = `${canCarry(accountName) ? accountName : slug(accountName)}-${arn}`;
  return ["aws-okta-processor", "authenticate", ...common, argument("role", arn), argument("key", key)].join(" ");
}

function argument(option: string, value: string): string {
  return `--${option}="${checkValue(option, value)}"`;
}
