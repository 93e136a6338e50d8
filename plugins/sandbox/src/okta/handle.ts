import { type Reply, type Request, withHeaders } from "../http/message.ts";
import { authnRoutes } from "./authn.ts";
import { readFields, readForm, textOf } from "./body.ts";
import { claimsProviderRoutes } from "./claims-provider.ts";
import { decorate, isOverRate } from "./decorate.ts";
import { enrolRoutes } from "./enrol.ts";
import { json, refuse } from "./errors.ts";
import { factorRoutes } from "./factors.ts";
import { stableId } from "./ids.ts";
import type { Org } from "./memory.ts";
import { pageRoutes } from "./pages.ts";
import { passwordRoutes } from "./password.ts";
import { passwordPageRoutes } from "./password-page.ts";
import type { Route } from "./route.ts";
import { sessionRoutes } from "./sessions.ts";
import { stepUpRoutes } from "./step-up.ts";

const organizationRoute: Route = {
  method: "GET",
  path: "/.well-known/okta-organization",
  body: "none",
  handle: ({ org, request }) => viewOrganization(org, request),
};
const ROUTES: readonly Route[] = [
  ...authnRoutes,
  ...factorRoutes,
  ...passwordRoutes,
  ...enrolRoutes,
  ...stepUpRoutes,
  ...passwordPageRoutes,
  ...claimsProviderRoutes,
  ...sessionRoutes,
  ...pageRoutes,
  organizationRoute,
];

/** Answers one request to the org. */
export function handleOkta(org: Org, request: Request): Reply {
  const candidates = ROUTES.flatMap((route) => {
    const params = match(route.path, request.path);
    return params === undefined ? [] : [{ route, params }];
  });
  const found = candidates.find(({ route }) => route.method === request.method);
  const arrival = { org, request, endpoint: found?.route.path ?? "unknown", keepsSession: isForStepUp(org, request) };
  if (isOverRate(org, arrival.endpoint)) return decorate(arrival, refuse("E0000047"));
  if (found === undefined) return decorate(arrival, candidates.length > 0 ? refuse("E0000022") : notFound(request));
  return decorate(arrival, visit(org, request, found));
}

function visit(
  org: Org,
  request: Request,
  { route, params }: { readonly route: Route; readonly params: Readonly<Record<string, string>> },
): Reply {
  if (route.body === "none") return route.handle({ org, request, params, fields: {} });
  const body = route.body === "form" ? readForm(request) : readFields(request, route.body === "json" ? "refused" : "allowed");
  return "refusal" in body ? body.refusal : route.handle({ org, request, params, fields: body.fields });
}

/** A step-up leaves the session's cookie alone, which every other request of a sign-in deletes. */
function isForStepUp(org: Org, request: Request): boolean {
  const body = request.path.startsWith("/api/v1/authn") ? readFields(request, "allowed") : undefined;
  if (body === undefined || "refusal" in body) return false;
  return org.transactions.get(textOf(body.fields, "stateToken") ?? "")?.stepUp !== undefined;
}

function match(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/");
  const steps = path.split("/");
  if (wanted.length !== steps.length) return undefined;
  if (!wanted.every((step, index) => step.startsWith(":") || step === steps[index])) return undefined;
  const named = wanted.flatMap((step, index) => (step.startsWith(":") ? [[step.slice(1), decode(steps[index] ?? "")] as const] : []));
  return Object.fromEntries(named);
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function notFound(request: Request): Reply {
  return refuse("E0000007", { summary: `Not found: Resource not found: ${request.path} (Resource)` });
}

function viewOrganization(org: Org, request: Request): Reply {
  const reply = json(200, {
    id: stableId("00o", "sandbox"),
    cell: "sandbox",
    _links: { organization: { href: request.origin } },
    pipeline: org.scenario.pipeline ?? "v1",
    settings: { analyticsCollectionEnabled: false, bugReportingEnabled: true, omEnabled: false },
  });
  return withHeaders(reply, { "access-control-allow-origin": "*" });
}
