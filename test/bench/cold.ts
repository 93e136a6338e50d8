import { type Bench, firstRequest, measure, type Spec } from "./measure.ts";
import type { Group } from "./row.ts";
import { plain } from "./scenarios.ts";
import { forget, forgetCompiled, inScene, livingAt, makeHome, type Scene } from "./scene.ts";

const ROLE = "arn:aws:iam::111122223333:role/Developer";

/** A second of other people's plugins, and no person, no factor: what the program itself takes where something has to be fetched. */
const PLUGINS = 10;

/** Nothing is kept but compiled code, unless it says so. */
export async function measureCold(bench: Bench): Promise<Group> {
  const rows = await inScene({ scenario: plain }, async (scene) => {
    const { fresh, signedIn } = await settle(bench, scene);
    const once = { ...fresh, before: () => [fresh.before(), forgetCompiled(fresh.home)] };
    const specs: readonly Spec[] = [
      { ...fresh, title: "`--version`", args: ["--version"] },
      { ...fresh, title: "`--help`", args: ["--help"], targets: { times: 5 }, withMemory: true },
      {
        ...fresh,
        ...{ title: "authenticate: application and role known", args: ["authenticate"], withMemory: true },
        targets: { cpuMs: 360, mebibytes: 120 },
        parts: [{ title: "authenticate: until its first request", read: firstRequest, targets: { times: 4.5 } }],
      },
      { ...once, title: "authenticate: nothing compiled yet", args: ["authenticate"] },
      { ...signedIn, title: "authenticate: session kept", args: ["authenticate", "--no-aws-cache"] },
      {
        ...fresh,
        ...{ title: "get-roles", args: ["get-roles"] },
        parts: [{ title: "get-roles: until its first request", read: firstRequest, targets: { times: 4.5 } }],
      },
      { ...signedIn, title: "get-roles: session kept", args: ["get-roles"] },
    ];
    return measure(specs, bench, bench.effort(12, 35));
  });
  return { title: `A cold run, ${PLUGINS} plugins installed`, rows };
}

/** Every reply takes 100 ms, as those of Okta and AWS do at best. */
export async function measureFarAway(bench: Bench): Promise<Group> {
  const rows = await inScene({ scenario: plain, latencyMs: 100 }, async (scene) => {
    const { fresh, signedIn } = await settle(bench, scene);
    const specs: readonly Spec[] = [
      { ...fresh, title: "authenticate: application and role known", args: ["authenticate"], targets: { ms: 4 * 100 + 250 } },
      { ...signedIn, title: "authenticate: session kept", args: ["authenticate", "--no-aws-cache"], targets: { ms: 2 * 100 + 250 } },
      { ...signedIn, title: "get-roles: session kept", args: ["get-roles"] },
    ];
    return measure(specs, bench, bench.effort(10, 25));
  });
  return { title: "The same with 100 ms for each reply", rows };
}

export async function measureTls(bench: Bench): Promise<Group> {
  const rows = await inScene({ scenario: plain, tls: true }, async (scene) => {
    // Node reads NODE_EXTRA_CA_CERTS by itself.
    const { AWS_CA_BUNDLE: _bundle, ...env } = scene.env;
    const { fresh } = await settle(bench, { ...scene, env });
    const targets = { cpuMs: 360, mebibytes: 120 };
    const spec = { ...fresh, title: "authenticate: application and role known", args: ["authenticate"], targets, withMemory: true };
    return measure([spec], bench, bench.effort(10, 15));
  });
  return { title: "The same over TLS", rows };
}

/** A person who has nothing kept, and one whose session is. */
async function settle({ folder }: Bench, { sandbox, calls, env }: Scene) {
  const known = { ...env, AWS_OKTA_APPLICATION: sandbox.applicationUrl(), AWS_OKTA_ROLE: ROLE, AWS_OKTA_SILENT: "1" };
  const live = async () => {
    const home = await makeHome(folder, PLUGINS);
    const place = livingAt(home);
    return { home, calls, cwd: place.cwd, env: { ...place.env, ...known } };
  };
  const fresh = await live();
  return { fresh: { ...fresh, before: () => forget(fresh.home) }, signedIn: await live() };
}
