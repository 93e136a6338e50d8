/**
 * What one more plugin costs, as medians of whole processes side by side, as a Markdown table:
 * `node scripts/node24.cjs node test/bench/plugins.ts [RUNS] [PROGRAM]`. Nothing is asked of a network: credentials are kept.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { originalCredentials, sharedFile, writePrivately } from "../support/kept.ts";
import { installPlugins } from "../support/linked-plugin.ts";
import { PROGRAM } from "../support/process.ts";
import type { Place } from "../support/sandbox-home.ts";

const RUNS = Number(process.argv[2] ?? 40);
const program = process.argv[3] ?? PROGRAM;
const COUNTS = [0, 10, 50];
const WITHOUT_WARM = fileURLToPath(new URL("../support/without-warm.cjs", import.meta.url));

interface Line {
  readonly title: string;
  readonly args: readonly string[];
  readonly options?: string;
}

const LINES: readonly Line[] = [
  { title: "`node -e 0`", args: ["-e", "0"] },
  { title: "cached answer", args: [program, "authenticate"] },
  { title: "the same by the full program", args: [program, "authenticate"], options: `--require=${WITHOUT_WARM}` },
  { title: "`--help`", args: [program, "--help"] },
];

const folder = mkdtempSync(path.join(tmpdir(), "aop-bench-"));
try {
  const homes = await Promise.all(COUNTS.map(makeHome));
  const times = LINES.map(() => COUNTS.map((): number[] => []));
  for (let run = -1; run < RUNS; run++) {
    for (const [row, line] of LINES.entries()) {
      for (const [column, home] of homes.entries()) {
        const ms = measure(line, home);
        if (run >= 0) times[row]?.[column]?.push(ms);
      }
    }
  }
  process.stdout.write(`| | ${COUNTS.map((count) => `${count} plugins`).join(" | ")} |\n|---|${COUNTS.map(() => "---|").join("")}\n`);
  for (const [row, { title }] of LINES.entries())
    process.stdout.write(`| ${title} | ${(times[row] ?? []).map((column) => `${median(column).toFixed(1)} ms`).join(" | ")} |\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** A home with kept credentials and so many plugins, each with a factor, a format and a shell of its own. */
async function makeHome(count: number): Promise<string> {
  const home = mkdtempSync(path.join(folder, "home-"));
  const plugins = Array.from({ length: count }, (_, index) => ({
    name: `acme-${index}`,
    block: {
      factors: { [`token:acme${index}`]: "./module.cjs" },
      formats: { [`format${index}`]: "./module.cjs" },
      shells: { [`shell${index}`]: "./module.cjs" },
    },
    module: "",
  }));
  await installPlugins({ home }, ...plugins);
  const sandbox = { organization: "acme.okta.com" } as Place["sandbox"];
  await writePrivately(sharedFile({ home, sandbox } as Place), originalCredentials());
  writeFileSync(path.join(home, ".awsoktaprocessor"), "[defaults]\nuser = jdoe\norganization = acme.okta.com\n");
  return home;
}

function measure({ args, options }: Line, home: string): number {
  const env = { HOME: home, PATH: process.env["PATH"], ...(options === undefined ? {} : { NODE_OPTIONS: options }) };
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, cwd: home, encoding: "utf8" });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
