import type { Credentials, Format, ListedAccount, ListedRole, RoleListing } from "@aws-okta-processor/contract";
import { jsonObject, jsonString } from "./python-json.ts";

export const format: Format = { applications: writeListings, credentials: writeCredentials, roles: writeListing };

/** @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sourcing-external.html */
function writeCredentials(credentials: Credentials): string {
  const json = jsonObject({
    AccessKeyId: jsonString(credentials.accessKeyId),
    SecretAccessKey: jsonString(credentials.secretAccessKey),
    SessionToken: jsonString(credentials.sessionToken),
    Expiration: jsonString(credentials.expiration),
    Version: "1",
  });
  return `${json}\n`;
}

/** No newline at the end: the original wrote none. */
function* writeListing(listing: RoleListing): Iterable<string> {
  yield `{"application_url": ${jsonString(listing.applicationUrl)}, "accounts": [`;
  for (const [index, account] of listing.accounts.entries()) yield `${index === 0 ? "" : ", "}${writeAccount(account)}`;
  yield `], "user": ${jsonString(listing.user)}, "organization": ${jsonString(listing.organization)}}`;
}

/** A list of what is written for one application. */
function* writeListings(listings: readonly RoleListing[]): Iterable<string> {
  yield "[";
  for (const [index, listing] of listings.entries()) {
    if (index > 0) yield ", ";
    yield* writeListing(listing);
  }
  yield "]";
}

function writeAccount(account: ListedAccount): string {
  return jsonObject({
    name: jsonString(account.name),
    id: jsonString(account.id),
    name_raw: jsonString(account.nameRaw),
    roles: `[${account.roles.map(writeRole).join(", ")}]`,
  });
}

function writeRole(role: ListedRole): string {
  return jsonObject({ name: jsonString(role.arn), suffix: jsonString(role.suffix) });
}
