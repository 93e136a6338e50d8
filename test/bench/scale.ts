import { afterLastReply, type Bench, measure, type Spec } from "./measure.ts";
import type { Group, Row } from "./row.ts";
import { manyApplications, manyRoles, oneApplication, ROLES_AT_CAP } from "./scenarios.ts";
import { inScene, livingAt, makeHome, type Scene } from "./scene.ts";
import { fitLine } from "./statistic.ts";

const ALL = ["get-roles", "--all-applications", "--silent"];
const FORMATS = ["json", "jsonl", "text", "csv", "yaml", "table", "profiles"];
const IN_ONE = ["get-roles", "--silent"];

/** Lists of roles, the session kept. */
export async function measureScale(bench: Bench): Promise<Group> {
  const sizes = bench.quick ? [10, 1000, 4000] : [10, 100, 1000, 4000, 7000, 10_000];
  const rows: Row[] = [];
  for (const size of sizes) rows.push(...(await measureSize(size, bench)));
  const atCap = await inScene({ scenario: oneApplication(ROLES_AT_CAP) }, (scene) =>
    measureList(`${ROLES_AT_CAP} roles in one application, as many as STS takes`, { args: IN_ONE, scene, bench }),
  );
  return { title: "Lists of roles", rows: [...rows, ...fits(sizes, rows), ...atCap] };
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
  const rows = await inScene({ scenario: manyApplications(50), latencyMs: 100 }, (scene) =>
    measureList("50 applications", { args: ALL, scene, bench, targets: { ms: 2000 } }),
  );
  return { title: "`get-roles --all-applications` with 100 ms for each reply", rows };
}

function measureSize(size: number, bench: Bench): Promise<readonly Row[]> {
  const title = `${size.toLocaleString("en")} roles`;
  return inScene({ scenario: manyRoles(size) }, (scene) => measureList(title, { args: ALL, scene, bench }));
}

interface Listing extends Pick<Spec, "args" | "targets"> {
  readonly scene: Scene;
  readonly bench: Bench;
}

async function measureList(title: string, { scene, bench, ...listing }: Listing): Promise<readonly Row[]> {
  const place = livingAt(await makeHome(bench.folder));
  const spec = { ...listing, title, cwd: place.cwd, env: { ...place.env, ...scene.env }, calls: scene.calls, withMemory: true };
  const part = { title: `${title}: after the last reply`, read: afterLastReply };
  const [, ...rows] = await measure([{ ...spec, parts: [part] }], bench, bench.effort(5, 6));
  return rows;
}

/** What a thousand more roles cost, if the cost is in line. */
function fits(sizes: readonly number[], rows: readonly Row[]): readonly Row[] {
  const whole = rows.filter((_, index) => index % 2 === 0);
  const tails = rows.filter((_, index) => index % 2 === 1);
  const lineOf = (title: string, given: readonly Row[], name: "ms" | "cpuMs"): Row => {
    const { slope, intercept, r2 } = fitLine(given.map(({ figures }, index) => [(sizes[index] ?? 0) / 1000, figures[name] ?? Number.NaN]));
    return { title, figures: { [name]: slope }, targets: {}, note: `from ${intercept.toFixed(0)} ms on, r² ${r2.toFixed(3)}` };
  };
  return [
    lineOf("each 1,000 roles more", whole, "ms"),
    lineOf("each 1,000 roles more: CPU", whole, "cpuMs"),
    lineOf("each 1,000 roles more: after the last reply", tails, "ms"),
  ];
}
