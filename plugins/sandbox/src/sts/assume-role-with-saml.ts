import { createHash } from "node:crypto";
import type { Reply } from "../http/message.ts";
import { type Assertion, accountOf, type FoundRole, findRole, issueCredentials } from "./aws.ts";
import type { Operation } from "./operation.ts";
import { findInvalid, readDuration, viewCredentials } from "./parameters.ts";
import { fail, succeed } from "./reply.ts";

const DEFAULT_MAX_DURATION = 3600;

export function assumeRoleWithSaml({ aws, parameters }: Operation): Reply {
  const invalid = findInvalid(parameters, ["RoleArn", "PrincipalArn", "SAMLAssertion"]);
  if (invalid !== undefined) return invalid;
  const assertion = aws.assertions.get(parameters.get("SAMLAssertion") ?? "");
  if (assertion === undefined) return fail(400, "InvalidIdentityToken", "Response signature invalid");
  if (assertion.expiresAt <= aws.clock.now())
    return fail(400, "ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance");
  const found = findPermitted({ role: findRole(aws, parameters.get("RoleArn") ?? ""), assertion, parameters });
  if (found === undefined) return fail(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML");
  const seconds = readDuration(parameters);
  if (seconds > (found.role.maxSessionDurationSeconds ?? DEFAULT_MAX_DURATION)) {
    return fail(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  const issued = issueCredentials(aws, { roleArn: parameters.get("RoleArn") ?? "", sessionName: assertion.sessionName }, seconds);
  return succeed("AssumeRoleWithSAML", {
    Audience: assertion.recipient,
    ...viewCredentials(issued),
    Subject: assertion.subject,
    NameQualifier: qualifier(assertion, issued.roleArn),
    SubjectType: "unspecified",
    Issuer: assertion.issuer,
  });
}

interface Wish {
  readonly role: FoundRole | undefined;
  readonly assertion: Assertion;
  readonly parameters: URLSearchParams;
}

/** The role, if the assertion names it together with this provider. */
function findPermitted({ role, assertion, parameters }: Wish): FoundRole | undefined {
  const provider = parameters.get("PrincipalArn");
  if (role === undefined || role.role.name.startsWith("AWSReservedSSO_")) return undefined;
  const isNamed = assertion.pairs.some((pair) => pair.roleArn === parameters.get("RoleArn") && pair.providerArn === provider);
  return isNamed ? role : undefined;
}

function qualifier({ issuer }: Assertion, arn: string): string {
  return createHash("sha1")
    .update(`${issuer}${accountOf(arn)}/okta`)
    .digest("base64");
}
