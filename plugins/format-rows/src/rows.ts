import type { RoleListing } from "@aws-okta-processor/contract";

/** What is told of each role, by the names of the text format's tokens, in the order of the columns. */
export const COLUMNS = ["account", "account_id", "role", "role_suffix", "application_url", "organization", "user"] as const;

export type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

export function* rowsOf(listings: readonly RoleListing[]): Iterable<Row> {
  for (const { accounts, applicationUrl, organization, user } of listings) {
    for (const { name, id, roles } of accounts) {
      for (const { arn, suffix } of roles) {
        const role = { account: name, account_id: id, role: arn, role_suffix: suffix.toLowerCase() };
        yield { ...role, application_url: applicationUrl, organization, user };
      }
    }
  }
}
