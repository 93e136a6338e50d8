import type { Scenario } from "@aws-okta-processor/sandbox";
import { afterLastReply, type Bench, measure, type Spec } from "./measure.ts";
import type { Group, Row } from "./row.ts";
import { manyApplications, manyRoles, oneApplication, ROLES_AT_CAP } from "./scenarios.ts";
import { inScene, livingAt, makeHome, type Scene } from "./scene.ts";
import { fitLine, type Line } from "./statistic.ts";

const ALL = ["get-roles", "--all-applications", "--silent"];
const FORMATS = ["json", "jsonl", "text", "csv", "yaml", "table", "profiles"];
const IN_ONE = ["get-roles", "--silent"];

/** Lists of roles, the session kept; each length has a sandbox of its own, so that all are asked in every round. */
export async function measureScale(bench: Bench): Promise<Group> {
  const sizes = bench.quick ? [10, 100, 1000] : [10, 100, 1000, 4000, 7000, 10_000];
  const scenarios = [...sizes.map(manyRoles), oneApplication(ROLES_AT_CAP)];
  const rows = await inScenes(scenarios, async (scenes) => {
    const titles = [...sizes.map((size) => `${size.toLocaleString("en")} roles`), `${ROLES_AT_CAP} roles in one application`];
    const specs = scenes.map((scene, index) => listing(titles[index] ?? "", index < sizes.length ? ALL : IN_ONE, { scene, bench }));
    return measure(await Promise.all(specs), bench, bench.effort(6, 40));
  });
  const [floor, ...measured] = rows;
  const ofSizes = measured.slice(0, 2 * sizes.length);
  return { title: "Lists of roles", rows: [...(floor === undefined ? [] : [floor]), ...measured, ...fits(sizes, ofSizes)] };
}

/** The same list in every format. */
export async function measureFormats(bench: Bench): Promise<Group> {
  const size = bench.quick ? 1000 : 10_000;
  const rows = await inScene({ scenario: manyRoles(size) }, async ({ env, calls }) => {
    const place = livingAt(await makeHome(bench.folder));
    const listing = { cwd: place.cwd, env: { ...place.env, ...env }, calls, withMemory: true };
    const specs = FORMATS.map((name): Spec => ({ ...listing, title: `\`${name}\``, args: [...ALL, "--output", name] }));
    return measure(specs, bench, bench.effort(5, 15));
  });
  return { title: `${size.toLocaleString("en")} roles in each format`, rows };
}

export async function measureApplications(bench: Bench): Promise<Group> {
  const rows = await inScene({ scenario: manyApplications(50), latencyMs: 100 }, async (scene) => {
    const spec = await listing("50 applications", ALL, { scene, bench });
    return measure([{ ...spec, targets: { ms: 2000 } }], bench, bench.effort(5, 12));
  });
  return { title: "`get-roles --all-applications` with 100 ms for each reply", rows };
}

async function listing(title: string, args: readonly string[], { scene, bench }: { readonly scene: Scene; readonly bench: Bench }) {
  const place = livingAt(await makeHome(bench.folder));
  const parts = [{ title: `${title}: after the last reply`, read: afterLastReply }];
  return { title, args, cwd: place.cwd, env: { ...place.env, ...scene.env }, calls: scene.calls, withMemory: true, parts };
}

/** All of them at once. */
function inScenes<T>([first, ...others]: readonly Scenario[], work: (scenes: readonly Scene[]) => Promise<T>): Promise<T> {
  if (first === undefined) return work([]);
  return inScene({ scenario: first }, (scene) => inScenes(others, (scenes) => work([scene, ...scenes])));
}

/** What a thousand more roles cost, if the cost is in line. */
function fits(sizes: readonly number[], rows: readonly Row[]): readonly Row[] {
  const whole = rows.filter((_, index) => index % 2 === 0);
  const tails = rows.filter((_, index) => index % 2 === 1);
  const lineOf = (given: readonly Row[], name: "ms" | "cpuMs") =>
    fitLine(given.map(({ figures }, index) => [(sizes[index] ?? 0) / 1000, figures[name] ?? Number.NaN]));
  const say = ({ intercept, r2 }: Line) => `from ${intercept.toFixed(0)} ms on, r² ${r2.toFixed(3)}`;
  const [time, cpu, tail] = [lineOf(whole, "ms"), lineOf(whole, "cpuMs"), lineOf(tails, "ms")];
  return [
    {
      title: "each 1,000 roles more",
      figures: { msEach: time.slope, cpuMs: cpu.slope },
      targets: {},
      note: `${say(time)}; CPU ${say(cpu)}`,
    },
    { title: "each 1,000 roles more: after the last reply", figures: { msEach: tail.slope }, targets: {}, note: say(tail) },
  ];
}
