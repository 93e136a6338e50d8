import type { Reply } from "../http/message.ts";
import { findRole, issueCredentials, sessionArn } from "./aws.ts";
import type { Operation } from "./operation.ts";
import { constraint, findInvalid, readDuration, viewCredentials } from "./parameters.ts";
import { fail, succeed } from "./reply.ts";
import { authenticate } from "./signature.ts";

const SESSION_NAME = /^[\w+=,.@-]*$/u;
const CHAINED_SECONDS = 3600;

/** Takes one role's credentials for another's. All credentials here are of roles, so that every call is chained. */
export function assumeRole({ aws, request, parameters }: Operation): Reply {
  const caller = authenticate(aws, request);
  if ("refusal" in caller) return caller.refusal;
  const invalid = findInvalid(parameters, ["RoleArn", "RoleSessionName"]);
  if (invalid !== undefined) return invalid;
  const sessionName = parameters.get("RoleSessionName") ?? "";
  if (!SESSION_NAME.test(sessionName))
    return constraint(`'${sessionName}'`, "RoleSessionName", "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  const roleArn = parameters.get("RoleArn") ?? "";
  const found = findRole(aws, roleArn);
  if (found?.role.trusts?.includes(caller.roleArn) !== true) {
    return fail(403, "AccessDenied", `User: ${sessionArn(caller)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`);
  }
  const seconds = readDuration(parameters);
  if (seconds > CHAINED_SECONDS) {
    return fail(
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return succeed("AssumeRole", viewCredentials(issueCredentials(aws, { roleArn, sessionName }, seconds)));
}
