import type { Account, Role } from "./scenario.ts";

/** The name of the SAML provider that every account of a sandbox has. */
const PROVIDER = "okta";

export function roleArn(account: Account, role: Pick<Role, "name">): string {
  return `arn:${partitionOf(account)}:iam::${account.id}:role/${role.name}`;
}

export function providerArn(account: Account): string {
  return `arn:${partitionOf(account)}:iam::${account.id}:saml-provider/${PROVIDER}`;
}

export function partitionOf(account: Account): string {
  return account.partition ?? "aws";
}

/** Where AWS takes the assertions of a partition. */
export function samlRecipient(partition: string): string {
  const hosts: Readonly<Record<string, string>> = {
    "aws-cn": "signin.amazonaws.cn",
    "aws-us-gov": "signin.amazonaws-us-gov.com",
    "aws-eusc": "signin.amazonaws-eusc.eu",
  };
  return `https://${hosts[partition] ?? "signin.aws.amazon.com"}/saml`;
}
