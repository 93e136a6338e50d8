import type { Credentials, Format, ListedAccount, RoleListing } from "@aws-okta-processor/contract";
import { quote } from "./quote.ts";

export const format: Format = {
  applications: writeListings,
  credentials: writeCredentials,
  roles: (listing) => toLines(describeListing(listing), ""),
};

function writeCredentials({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): string {
  const fields = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration };
  return [...describe(fields), "Version: 1"].map((line) => `${line}\n`).join("");
}

function* writeListings(listings: readonly RoleListing[]): Iterable<string> {
  if (listings.length === 0) yield "[]\n";
  for (const listing of listings) yield* toLines(toItem(describeListing(listing)), "");
}

function* toLines(lines: Iterable<string>, indent: string): Iterable<string> {
  for (const line of lines) yield `${indent}${line}\n`;
}

function* describeListing({ applicationUrl, accounts, user, organization }: RoleListing): Iterable<string> {
  yield* describe({ application_url: applicationUrl });
  yield* describeList("accounts", accounts, describeAccount);
  yield* describe({ user, organization });
}

function* describeAccount({ name, id, nameRaw, roles }: ListedAccount): Iterable<string> {
  yield* describe({ name, id, name_raw: nameRaw });
  yield* describeList("roles", roles, ({ arn, suffix }) => describe({ name: arn, suffix }));
}

function* describeList<T>(name: string, items: readonly T[], describeItem: (item: T) => Iterable<string>): Iterable<string> {
  yield items.length === 0 ? `${name}: []` : `${name}:`;
  for (const item of items) for (const line of toItem(describeItem(item))) yield `  ${line}`;
}

function describe(fields: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(fields).map(([name, value]) => `${name}: ${quote(value)}`);
}

/** The dash before the first line, and what stands below it indented. */
function* toItem(lines: Iterable<string>): Iterable<string> {
  let mark = "- ";
  for (const line of lines) {
    yield `${mark}${line}`;
    mark = "  ";
  }
}
