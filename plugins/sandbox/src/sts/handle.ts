import { hasType, type Reply, type Request, readCookies } from "../http/message.ts";
import { assumeRole } from "./assume-role.ts";
import { assumeRoleWithSaml } from "./assume-role-with-saml.ts";
import { type Aws, accountOf, sessionArn } from "./aws.ts";
import type { Operation } from "./operation.ts";
import { fail, succeed } from "./reply.ts";
import { authenticate } from "./signature.ts";

const VERSION = "2011-06-15";

/** Answers one request to STS. */
export function handleSts(aws: Aws, request: Request): Reply {
  if (readCookies(request).size > 0) return fail(400, "InvalidRequest", "STS got a cookie, and no client has one for it");
  if (request.path !== "/") return fail(404, "UnknownOperationException", `Nothing is served at ${request.path}`);
  if (request.method !== "POST")
    return fail(405, "UnsupportedOperation", "Parameters belong into the body of a POST, where no log shows them");
  if (!hasType(request, "application/x-www-form-urlencoded"))
    return fail(415, "UnsupportedMediaType", "The body must be application/x-www-form-urlencoded");
  const parameters = new URLSearchParams(request.body);
  const action = parameters.get("Action");
  if (action === null) return fail(400, "MissingAction", "Missing Action");
  const version = parameters.get("Version");
  if (version !== VERSION)
    return fail(400, "InvalidAction", `Could not find operation ${action} for version ${version ?? "NO_VERSION_SPECIFIED"}`);
  return perform({ aws, request, parameters }, action);
}

/** The operation that a request asks for, for the record of calls. */
export function readAction(request: Request): string | undefined {
  const action = new URLSearchParams(request.body).get("Action");
  return action !== null && /^\w{1,64}$/u.test(action) ? action : undefined;
}

function perform(operation: Operation, action: string): Reply {
  switch (action) {
    case "AssumeRoleWithSAML":
      return assumeRoleWithSaml(operation);
    case "AssumeRole":
      return assumeRole(operation);
    case "GetCallerIdentity":
      return getCallerIdentity(operation);
    default:
      return fail(400, "InvalidAction", `Could not find operation ${action} for version ${VERSION}`);
  }
}

function getCallerIdentity({ aws, request }: Operation): Reply {
  const caller = authenticate(aws, request);
  if ("refusal" in caller) return caller.refusal;
  return succeed("GetCallerIdentity", {
    Arn: sessionArn(caller),
    UserId: `${caller.roleId}:${caller.sessionName}`,
    Account: accountOf(caller.roleArn),
  });
}
