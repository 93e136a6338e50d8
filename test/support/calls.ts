import type { Call, Sandbox } from "@aws-okta-processor/sandbox";

/** What the sandbox was asked, in order, without ids: `POST /api/v1/authn/factors/…`, `sts AssumeRoleWithSAML`. */
export function callsOf({ calls }: Pick<Sandbox, "calls">, after = 0): readonly string[] {
  return calls.slice(after).map(describeCall);
}

function describeCall({ server, method, path, action }: Call): string {
  if (server === "sts") return `sts ${action ?? ""}`;
  const steps = path.split("/").map((step) => (/^[a-zA-Z0-9]{20}$/.test(step) ? "*" : step));
  return `${server === "okta" ? "" : `${server} `}${method} ${steps.join("/")}`;
}
