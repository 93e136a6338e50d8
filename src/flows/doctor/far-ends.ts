import { signInUrlOf } from "../../aws/sign-in-page.ts";
import { checkEndpoint } from "../../aws/sts.ts";
import { stsRegion, stsUrl } from "../../aws/sts-region.ts";
import { AppError, CancelledError } from "../../errors.ts";
import type { Reply, Send } from "../../http/send.ts";
import { dig, parseRecord } from "../../json.ts";
import type { Organization } from "../../options/organization.ts";
import { partitionOf } from "../../partitions.ts";
import type { World } from "../../world.ts";
import { type Finding, farProblem, note, ok, problem, warning } from "./finding.ts";

export interface FarEnds {
  readonly organization: Organization | undefined;
  readonly signInUrl: URL | undefined;
  /** As it was given: it names the partition if it is an ARN. */
  readonly role: string | undefined;
  readonly region: string | undefined;
}

interface Asking {
  readonly send: Send;
  readonly world: Pick<World, "now" | "env">;
}

/** All are asked at one time, so that the report takes no longer than this. */
const TIMEOUT_MS = 4_000;

/** Asks who the org is, without any cookie. @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/OrgSettingMetadata/ */
export async function lookAtOrganization({ organization }: FarEnds, asking: Asking): Promise<readonly Finding[]> {
  if (organization === undefined) return [note("no organization is given, so none is asked", "it would be asked for at the terminal")];
  const url = new URL("/.well-known/okta-organization", organization.origin);
  return reach({ name: organization.name, url }, asking, ({ status, text }) => {
    const pipeline = dig(parseRecord(text), "pipeline");
    if (status === 200 && pipeline === "v1") return [ok("it is an Okta organization on Classic Engine")];
    if (status === 200 && pipeline === "idx")
      return [
        note("it is an Okta organization on Identity Engine", "an application's own policy may ask for more than a command line can prove"),
      ];
    const fix = "check the organization's name, and that no proxy answers in its place";
    return [farProblem(`it does not say that it is an Okta organization (status ${status})`, { fix })];
  });
}

export function lookAtSignInPage({ signInUrl, role }: FarEnds, asking: Asking): Promise<readonly Finding[]> {
  const url = signInUrl ?? signInUrlOf(partitionOf(role ?? "")?.name ?? "aws");
  if (url === undefined) return Promise.resolve([note("the partition of this role has no sign-in page")]);
  return reach({ name: `the sign-in page at ${url.host}`, url }, asking, () => []);
}

export function lookAtSts({ role, region }: FarEnds, asking: Asking): Promise<readonly Finding[]> {
  const { env } = asking.world;
  const arn = role !== undefined && partitionOf(role) !== undefined ? role : "arn:aws:iam::000000000000:role/any";
  const given = checkEndpoint(env["AWS_ENDPOINT_URL_STS"]);
  const url = new URL(given ?? stsUrl(arn, stsRegion(arn, { region, from: "region", env })));
  return reach({ name: `STS at ${url.host}`, url }, asking, () => []);
}

/** Any answer will do, and says what time it is there. */
async function reach(
  { name, url }: { readonly name: string; readonly url: URL },
  { send, world }: Asking,
  read: (reply: Reply) => readonly Finding[],
): Promise<readonly Finding[]> {
  const before = world.now().getTime();
  try {
    const reply = await send({ method: "GET", url, headers: { accept: "application/json" }, repeatable: false, timeoutMs: TIMEOUT_MS });
    const after = world.now().getTime();
    const failed = reply.status >= 500 ? [farProblem(`it fails with status ${reply.status}`, { fix: "try again later" })] : read(reply);
    return [ok(`${name} answers in ${after - before} ms`), ...failed, ...lookAtClock(reply, (before + after) / 2)];
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof CancelledError) throw error;
    const tell = error.exitCode === 2 ? problem : farProblem;
    return [tell(error.message, { fix: error.hint ?? "check the network and the proxy" })];
  }
}

/** AWS refuses what is five minutes off; a header tells whole seconds, and a slow line takes some. */
const BAD_SKEW_SECONDS = 240;
const NOTABLE_SKEW_SECONDS = 30;

function lookAtClock({ headers }: Reply, atMs: number): readonly Finding[] {
  const thereMs = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(thereMs)) return [];
  const seconds = Math.round((atMs - thereMs) / 1000);
  const size = Math.abs(seconds);
  if (size < NOTABLE_SKEW_SECONDS) return [];
  const what = `this machine's clock is ${size} seconds ${seconds > 0 ? "ahead of" : "behind"} it`;
  const advice = { why: "assertions, codes and what is kept are judged by the time", fix: "have the clock set by the network" };
  return [size < BAD_SKEW_SECONDS ? warning(what, advice) : problem(what, advice)];
}
