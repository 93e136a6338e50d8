import type { Profile } from "@aws-okta-processor/contract";

const organization = "acme.okta.com";
export const APPLICATION = "https://acme.okta.com/home/amazon_aws/0oa1/272";

/** Which gave the role before. */
export const OLD = "https://acme.okta.com/home/amazon_aws/0oa0/272";

export interface Of {
  /** Of the account, in the key. */
  readonly account?: string;
  readonly user?: string;
  readonly organization?: string;
  readonly application?: string;
}

export function command(role: string, of: Of = {}): string {
  const own = { organization, user: "jdoe", application: APPLICATION, ...of };
  const arn = `arn:aws:iam::1:role/${role}`;
  return (
    `aws-okta-processor authenticate --organization="${own.organization}" --user="${own.user}" --application="${own.application}" ` +
    `--role="${arn}" --key="${of.account ?? "acme"}-${arn}"`
  );
}

export function profile(section: string, role: string, settings: Readonly<Record<string, string>> = {}, of: Of = {}): Profile {
  return { section, settings: { credential_process: command(role, of), ...settings } };
}
