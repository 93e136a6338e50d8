export type ServerName = "okta" | "sign-in" | "sts" | "duo";

/** One request as it was answered. Holds nothing secret: no query, no body, no header. */
export interface Call {
  readonly at: Date;
  readonly server: ServerName;
  readonly method: string;
  readonly path: string;
  /** STS alone: the operation that was asked for. */
  readonly action?: string;
  readonly status: number;
}

/**
 * Whether a call is meant by a pattern: `POST /api/v1/authn`, `sts AssumeRoleWithSAML`, `okta`.
 * A `*` stands for one step of a path.
 */
export function matches(pattern: string, call: Omit<Call, "at" | "status">): boolean {
  if (pattern === call.server || pattern === `${call.server} ${call.action ?? ""}`) return true;
  const [method, path] = pattern.split(" ");
  return method === call.method && path !== undefined && matchesPath(path.split("/"), call.path.split("/"));
}

function matchesPath(wanted: readonly string[], steps: readonly string[]): boolean {
  return wanted.length === steps.length && wanted.every((step, index) => step === "*" || step === steps[index]);
}
