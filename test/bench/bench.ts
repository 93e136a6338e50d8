/**
 * What the program takes, as medians of whole processes, measured in rounds beside `node -e 0`: `npm run bench`. Nothing fails by time.
 *
 *   --quick              few rounds, fewer rows: for CI
 *   --only NAME          one group: cached, cold, far, tls, scale, formats, applications, menu, at-once, size
 *   --against "COMMAND"  another program beside it: an older checkout's bin/run.js, the Python program
 *   --rounds COUNT       that many at most
 *   --results FOLDER     where latest.json and latest.svg go
 *   --record             also as recorded.json and recorded.svg, which are committed, and into docs/performance.md
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { PROGRAM } from "../support/process.ts";
import { measureAtOnce } from "./at-once.ts";
import { measureCached } from "./cached.ts";
import { renderChart } from "./chart.ts";
import { measureCold, measureFarAway, measureTls } from "./cold.ts";
import type { Bench } from "./measure.ts";
import { measureMenu } from "./menu.ts";
import type { Group } from "./row.ts";
import { measureApplications, measureFormats, measureScale } from "./scale.ts";
import { measureSize } from "./size.ts";
import { renderTables } from "./table.ts";

const GROUPS: Readonly<Record<string, (bench: Bench) => Promise<Group>>> = {
  cached: measureCached,
  cold: measureCold,
  far: measureFarAway,
  tls: measureTls,
  scale: measureScale,
  formats: measureFormats,
  applications: measureApplications,
  menu: measureMenu,
  "at-once": measureAtOnce,
  size: measureSize,
};

/** Whatever has not begun by then is played once: five minutes are enough for a busy machine too. */
const LATE_MS = 180_000;

/** What takes long or waits long, or fetches packages; and what a test runs. */
const NOT_QUICK = ["tls", "formats", "applications", "size"];
const PAGE = path.join(import.meta.dirname, "../../docs/performance.md");
const TABLE = /(<!-- table[^>]*-->\n)[\s\S]*(<!-- \/table -->)/;

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    results: { type: "string", default: path.join(import.meta.dirname, "results") },
    record: { type: "boolean", default: false },
  },
});

/** Of what else the machine does. */
const [load = 0] = loadavg();
const groups = await measureGroups();
const about = { node: process.version, system: `${process.platform} ${process.arch}`, cores: cpus().length, load, measuredAt: new Date() };
const title = `Medians on ${about.system} with ${about.cores} cores and a load of ${load.toFixed(1)}, Node ${about.node}, ${about.measuredAt.toISOString().slice(0, 10)}`;
const tables = `${title}\n\n${renderTables(groups)}`;
process.stdout.write(`${tables}\n`);
for (const name of ["latest", ...(values.record ? ["recorded"] : [])]) {
  mkdirSync(values.results, { recursive: true });
  writeFileSync(path.join(values.results, `${name}.json`), `${JSON.stringify({ ...about, groups }, undefined, 2)}\n`);
  writeFileSync(path.join(values.results, `${name}.svg`), renderChart(groups, title));
}
if (values.record)
  writeFileSync(
    PAGE,
    readFileSync(PAGE, "utf8").replace(TABLE, (_, from, to) => `${from}\n${tables}\n${to}`),
  );

async function measureGroups(): Promise<readonly Group[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "aop-bench-"));
  const startedAt = performance.now();
  const bench: Bench = {
    folder,
    program: [process.execPath, PROGRAM],
    other: values.against?.split(" ").map((word) => (existsSync(word) ? path.resolve(word) : word)),
    quick: values.quick,
    effort: (most, seconds) => ({
      rounds: roundsOf(most),
      budgetMs: performance.now() - startedAt > LATE_MS ? 0 : (values.quick ? seconds / 20 : seconds) * 1000,
      memoryRounds: values.quick ? 1 : 3,
    }),
  };
  try {
    const done: Group[] = [];
    for (const [name, measureGroup] of Object.entries(GROUPS)) {
      if (values.only === undefined ? values.quick && NOT_QUICK.includes(name) : values.only !== name) continue;
      const begunAt = performance.now();
      done.push(await measureGroup(bench));
      process.stderr.write(`${name}: ${((performance.now() - begunAt) / 1000).toFixed(0)} s\n`);
    }
    return done;
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

function roundsOf(most: number): number {
  return Math.min(most, Number(values.rounds ?? (values.quick ? Math.ceil(most / 8) : most)));
}
