import type {
  Credentials,
  CredentialsContext,
  Format,
  FormatContext,
  ListedAccount,
  ListedRole,
  Profile,
  RoleListing,
} from "@aws-okta-processor/contract";

// As a plugin's author wrote it when contract 1 came out. It is never changed: with it must live whoever changes the contract.

/** Has all that a format may have, and reads all that it is told. */
export const format: Format = {
  check: ({ template }: FormatContext): string | undefined => (/[\p{Cc}\u2028\u2029]/u.test(template) ? "it must be one line" : undefined),
  checkName: ({ profiles: { name } }: FormatContext): string | undefined => (name === "" ? "it must not be empty" : undefined),
  *roles(listing: RoleListing, context: FormatContext): Iterable<string> {
    for (const account of listing.accounts) for (const role of account.roles) yield `${lineOf(listing, account, role)}${endOf(context)}\n`;
  },
  *applications(listings: readonly RoleListing[], context: FormatContext): Iterable<string> {
    for (const listing of listings) yield `${listing.applicationUrl} ${listing.accounts.length}${endOf(context)}\n`;
  },
  profiles: (listings: readonly RoleListing[], { profiles: { style, name, region } }: FormatContext): readonly Profile[] =>
    listings.map((_, index) => ({
      section: `${style === "config" ? "profile " : ""}${clean(name ?? "role")}-${index}`,
      settings: { ...(region === undefined ? {} : { region }), output: "json" },
    })),
  credentials: (credentials: Credentials, { variables }: CredentialsContext): string =>
    [
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
      credentials.expiration,
      ...Object.keys(variables),
    ].join(" "),
};

function lineOf(
  { applicationUrl, organization, user }: RoleListing,
  { name, id, nameRaw }: ListedAccount,
  { arn, suffix }: ListedRole,
): string {
  return JSON.stringify([applicationUrl, organization, user, name, id, nameRaw, arn, suffix]);
}

function endOf({ template, terminal }: FormatContext): string {
  if (terminal === undefined) return template;
  const line = "-".repeat(terminal.columns);
  return terminal.hasColors ? `\u001b[1m${line}\u001b[0m` : line;
}

function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ");
}
