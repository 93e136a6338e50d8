import type { Bench } from "./measure.ts";
import type { Group, Row } from "./row.ts";
import { type Measurable, runOnce } from "./run-once.ts";
import { plain } from "./scenarios.ts";
import { forget, inScene, livingAt, makeHome } from "./scene.ts";
import { median } from "./statistic.ts";

/** As terraform starts them: many processes, one cache, and nothing in it yet. */
export async function measureAtOnce(bench: Bench): Promise<Group> {
  const count = bench.quick ? 10 : 50;
  const { rounds, budgetMs } = bench.effort(7, 40);
  const startedAt = performance.now();
  return inScene({ scenario: plain }, async ({ sandbox, calls, env }) => {
    const home = await makeHome(bench.folder);
    const place = livingAt(home);
    const known = { AWS_OKTA_APPLICATION: sandbox.applicationUrl(), AWS_OKTA_ROLE: "arn:aws:iam::111122223333:role/Developer" };
    const ours = { command: [...bench.program, "authenticate", "--silent"], env: { ...place.env, ...env, ...known }, cwd: place.cwd };
    const bare = { ...ours, command: [process.execPath, "-e", "0"] };
    const seen: Seen[] = [];
    for (let round = 0; round < rounds && (round === 0 || performance.now() - startedAt < budgetMs); round++) {
      forget(home);
      if (round === 0) await runOnce(ours);
      forget(home);
      const single = await runOnce(ours);
      const floor = await runAll(count, bare);
      forget(home);
      calls.length = 0;
      const ms = await runAll(count, ours);
      const asked = (what: string) => calls.filter((call) => call.what === what).length;
      seen.push({
        ...{ ms, limit: 2 * single.ms + floor, single: single.ms, floor },
        signIns: asked("okta POST /api/v1/authn"),
        sts: asked("sts AssumeRoleWithSAML"),
      });
    }
    return { title: `${count} processes at once, nothing kept`, rows: rowsOf(count, seen) };
  });
}

interface Seen {
  readonly ms: number;
  readonly limit: number;
  readonly single: number;
  readonly floor: number;
  readonly signIns: number;
  readonly sts: number;
}

function rowsOf(count: number, seen: readonly Seen[]): readonly Row[] {
  const of = (name: keyof Seen) => median(seen.map((one) => one[name]));
  return [
    { title: "one process alone", figures: { ms: of("single") }, targets: {} },
    { title: `${count} \`node -e 0\` at once`, figures: { ms: of("floor") }, targets: {} },
    {
      title: "until the last answer",
      figures: { ms: of("ms") },
      targets: { ms: of("limit") },
      note: `the target is twice one process alone, and ${count} \`node -e 0\``,
    },
    { title: "sign-ins", figures: { count: of("signIns") }, targets: { count: 1 } },
    { title: "calls of STS", figures: { count: of("sts") }, targets: { count: 1 } },
  ];
}

/** @returns from the first start to the last end */
async function runAll(count: number, what: Measurable): Promise<number> {
  const took = await Promise.all(Array.from({ length: count }, () => runOnce(what)));
  return Math.max(...took.map(({ to }) => to)) - Math.min(...took.map(({ from }) => from));
}
