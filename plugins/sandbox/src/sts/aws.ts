import { randomBytes } from "node:crypto";
import { roleArn } from "../arn.ts";
import { after, type Clock } from "../clock.ts";
import type { Account, Role, Scenario } from "../scenario.ts";

/** What the AWS side remembers. Handlers change it, nothing else does. */
export interface Aws {
  readonly scenario: Scenario;
  readonly clock: Clock;
  /** By their base64, as the org issued them. */
  readonly assertions: Map<string, Assertion>;
  /** By access key id. */
  readonly credentials: Map<string, Issued>;
}

/** What a SAML response of the org says, so that AWS need not read it again. */
export interface Assertion {
  readonly pairs: readonly { readonly roleArn: string; readonly providerArn: string }[];
  readonly subject: string;
  readonly sessionName: string;
  readonly issuer: string;
  readonly recipient: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Temporary credentials and whose they are. */
export interface Issued {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
}

export function createAws(scenario: Scenario, clock: Clock): Aws {
  return { scenario, clock, assertions: new Map(), credentials: new Map() };
}

export interface FoundRole {
  readonly account: Account;
  readonly role: Role;
}

export function findRole(aws: Aws, arn: string): FoundRole | undefined {
  const all = aws.scenario.accounts.flatMap((account) => account.roles.map((role) => ({ account, role })));
  return all.find(({ account, role }) => roleArn(account, role) === arn);
}

export function issueCredentials(aws: Aws, who: { readonly roleArn: string; readonly sessionName: string }, seconds: number): Issued {
  const issued: Issued = {
    ...who,
    accessKeyId: `ASIA${base32(16)}`,
    secretAccessKey: randomBytes(30).toString("base64"),
    sessionToken: `IQoJb3JpZ2lu${randomBytes(360).toString("base64")}`,
    expiresAt: after(aws.clock.now(), seconds),
    roleId: `AROA${base32(17)}`,
  };
  aws.credentials.set(issued.accessKeyId, issued);
  return issued;
}

/** The ARN of a session of a role: `arn:aws:sts::123456789012:assumed-role/Dev/jdoe`. A role's path is not in it. */
export function sessionArn(issued: Pick<Issued, "roleArn" | "sessionName">): string {
  const [, partition = "aws", , , account = "", resource = ""] = issued.roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${resource.split("/").at(-1) ?? ""}/${issued.sessionName}`;
}

export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function base32(length: number): string {
  return Array.from(randomBytes(length), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32]).join("");
}
