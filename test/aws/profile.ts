import type { Profile } from "@aws-okta-processor/contract";

const organization = "acme.okta.com";
const application = "https://acme.okta.com/home/amazon_aws/0oa1/272";

export interface Of {
  readonly key?: string;
  readonly user?: string;
  readonly organization?: string;
  readonly application?: string;
}

export function command(role: string, of: Of = {}): string {
  const own = { organization, user: "jdoe", application, ...of };
  return (
    `aws-okta-processor authenticate --organization="${own.organization}" --user="${own.user}" --application="${own.application}" ` +
    `--role="arn:aws:iam::1:role/${role}" --key="${of.key ?? role}"`
  );
}

export function profile(section: string, role: string, settings: Readonly<Record<string, string>> = {}, of: Of = {}): Profile {
  return { section, settings: { credential_process: command(role, of), ...settings } };
}
