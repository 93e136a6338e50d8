import { type IamArn, parseIamArn } from "../../src/aws/arn.ts";
import type { AssertedRole } from "../../src/aws/assertion.ts";
import { type Account, groupByAccount } from "../../src/aws/roles.ts";

/** A role of an assertion, with a provider of its account. */
export function asserted(arn: string): AssertedRole {
  const role = parsed(arn);
  return { role, principal: parsed(`arn:${role.partition}:iam::${role.accountId}:saml-provider/okta`) };
}

/** @param aliases by account id */
export function accountsOf(arns: readonly string[], aliases: Readonly<Record<string, string>> = {}): readonly Account[] {
  return groupByAccount(arns.map(asserted), new Map(Object.entries(aliases)));
}

function parsed(arn: string): IamArn {
  const found = parseIamArn(arn);
  if (found === undefined) throw new Error(`${arn} is no IAM ARN`);
  return found;
}
