import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { renderChart } from "../bench/chart.ts";
import { type Group, missedTargets } from "../bench/row.ts";
import { fitLine, median, midMean, quantile } from "../bench/statistic.ts";
import { renderTables } from "../bench/table.ts";
import { useFolder } from "../support/folder.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";

const BENCH = path.join(import.meta.dirname, "../bench/bench.ts");

const group: Group = {
  title: "Two <kinds>",
  rows: [
    { title: "`node -e 0`", figures: { ms: 20, times: 1, cpuMs: 19, cpuTimes: 1, mebibytes: 40 }, targets: {} },
    { title: "one", figures: { ms: 30, times: 1.5, cpuMs: 25.5 }, targets: { times: 1.25, cpuMs: 30 }, other: { ms: 60, cpuMs: 50 } },
    { title: "list", figures: { ms: 1500 }, targets: { ms: 2000 }, note: "102 requests" },
    { title: "sign-ins", figures: { count: 50 }, targets: { count: 1 } },
  ],
};

test("a table says of each row what was measured, what is wanted, and what is missed", () => {
  expect(renderTables([group])).toBe(`### Two <kinds>

| What | Median | × \`node -e 0\` | CPU | × its CPU | Memory | Target | Met | The other | its CPU | × of this |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| \`node -e 0\` | 20.0 ms | 1.00 × | 19.0 ms | 1.00 × | 40 MiB |  |  |  |  |  |
| one | 30.0 ms | 1.50 × | 25.5 ms |  |  | ratio ≤ 1.25 ×, CPU ≤ 30.0 ms | no: ratio | 60.0 ms | 50.0 ms | 2.00 × |
| list | 1.50 s |  |  |  |  | time ≤ 2.00 s | yes |  |  |  |
| sign-ins | 50 |  |  |  |  | count ≤ 1 | no: count |  |  |  |

- list: 102 requests
`);
});

test("a target whose figure is not there is not met", () => {
  expect(missedTargets({ title: "", figures: {}, targets: { ms: 1 } })).toEqual(["ms"]);
});

test("a chart has a bar for each time, in the colour of what is missed, a stroke for each target and a bar for the other program", () => {
  const chart = renderChart([group], "a title");
  const bars = Array.from(chart.matchAll(/class="(bar[^"]*)" x="330" y="\d+" width="([\d.]+)"/g), ([, kind, width]) => [kind, width]);
  expect(bars).toEqual([
    ["bar", "4.4"],
    ["bar missed", "6.6"],
    ["bar", "330"],
  ]);
  expect(chart.match(/<line class="target" x1="[\d.]+"/g)).toEqual(['<line class="target" x1="335.5"', '<line class="target" x1="770"']);
  expect(chart.match(/class="other"/g)).toHaveLength(1);
  expect(chart).toContain("Two &lt;kinds>");
  expect(chart).toContain("prefers-color-scheme: dark");
});

test("the median of an even number is between the two in the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});

test("a quarter of the values at each end does not count for the mean of the middle", () => {
  expect([midMean([100, 2, 3, 0]), midMean([1, 3]), quantile([4, 1, 3, 2], 0.25)]).toEqual([2.5, 2, 2]);
});

test("a line is fitted through points, and says how well it fits", () => {
  expect(fitLine([0, 1, 2].map((x) => [x, 5 + 3 * x]))).toEqual({ slope: 3, intercept: 5, r2: 1 });
  expect(fitLine([0, 1, 2].map((x) => [x, x === 1 ? 3 : 0])).r2).toBe(0);
});

test("the bench measures both programs, prints a table and writes JSON and a chart", async () => {
  const folder = useFolder();
  const command = [process.execPath, BENCH, "--quick", "--rounds", "1", "--only", "tls", "--results", folder.path];
  const env = { PATH: process.env["PATH"] ?? "", TMPDIR: folder.path };
  const { stdout, exitCode } = await runWithoutTerminal([...command, "--against", `${process.execPath} ${PROGRAM}`], {
    env,
    cwd: folder.path,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\| authenticate: application and role known \| [\d.]+ m?s \| [\d.]+ × \| .* \| [\d.]+ × \|$/m);
  const { groups } = JSON.parse(readFileSync(path.join(folder.path, "latest.json"), "utf8")) as { readonly groups: readonly Group[] };
  expect(groups[0]?.rows[1]).toMatchObject({ title: "authenticate: application and role known", figures: { ms: expect.any(Number) } });
  expect(existsSync(path.join(folder.path, "latest.svg"))).toBe(true);
});
