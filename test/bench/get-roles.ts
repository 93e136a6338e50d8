/**
 * The time and the memory of get-roles by format and number of roles, the sandbox's time included, as a Markdown table:
 * `node scripts/node24.cjs node test/bench/get-roles.ts`. The Okta session is kept; `bare` is `node -e 0`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Account, type Sandbox, type Scenario, scenarios, startSandbox } from "@aws-okta-processor/sandbox";
import { PROGRAM } from "../support/process.ts";

const RUNS = Number(process.argv[2] ?? 5);
const ROLES_PER_ACCOUNT = 10;
const ROLES_PER_APPLICATION = 200;
const FORMATS = ["json", "jsonl", "text", "csv", "yaml", "table", "profiles"];
const SIZES = [10, 1_000, 10_000];

interface Measured {
  readonly ms: number;
  readonly mebibytes: number;
  readonly bytes: number;
}

const folder = mkdtempSync(path.join(tmpdir(), "aop-bench-"));
try {
  const columns = [];
  for (const size of SIZES) columns.push(await measureSize(size));
  const head = SIZES.map((size) => `${size.toLocaleString("en")} roles`);
  process.stdout.write(`| Format | ${head.join(" | ")} |\n|---|${SIZES.map(() => "---|").join("")}\n`);
  for (const [index, name] of ["bare", ...FORMATS].entries())
    process.stdout.write(`| ${name} | ${columns.map((column) => show(column[index])).join(" | ")} |\n`);
} finally {
  rmSync(folder, { recursive: true });
}

async function measureSize(size: number): Promise<readonly Measured[]> {
  const sandbox = await startSandbox({ scenario: scenarioOf(size) });
  try {
    const home = mkdtempSync(path.join(folder, "home-"));
    const listing = (format: string) => [PROGRAM, "get-roles", "--all-applications", "--silent", "--output", format];
    await run(listing("json"), home, sandbox);
    const results = [await measure(["-e", "0"], home, sandbox)];
    for (const format of FORMATS) results.push(await measure(listing(format), home, sandbox));
    return results;
  } finally {
    await sandbox.close();
  }
}

/** The median of the time, the most of the memory. */
async function measure(args: readonly string[], home: string, sandbox: Sandbox): Promise<Measured> {
  const runs: Measured[] = [];
  for (let i = 0; i < RUNS; i++) runs.push(await run(args, home, sandbox));
  const times = runs.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return {
    ms: times[Math.floor(times.length / 2)] ?? 0,
    mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
    bytes: runs[0]?.bytes ?? 0,
  };
}

async function run(args: readonly string[], home: string, sandbox: Sandbox): Promise<Measured> {
  const memory = path.join(folder, "memory");
  const env = {
    ...sandbox.environment,
    ...{ HOME: home, PATH: process.env["PATH"], AWS_OKTA_USER: "jdoe", AWS_OKTA_PASS: "correct horse", AOP_MEMORY: memory },
  };
  const startedAt = performance.now();
  const report = path.join(import.meta.dirname, "report-memory.cjs");
  const child = spawn(process.execPath, ["--require", report, ...args], { env, cwd: home, stdio: ["ignore", "pipe", "inherit"] });
  let bytes = 0;
  child.stdout.on("data", (piece: Buffer) => {
    bytes += piece.length;
  });
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  return { ms: performance.now() - startedAt, mebibytes: Number(readFileSync(memory, "utf8")) / 1024, bytes };
}

function scenarioOf(size: number): Scenario {
  const accounts = Array.from(
    { length: size / ROLES_PER_ACCOUNT },
    (_, index): Account => ({
      id: String(100_000_000_001 + index * 7_654_321).slice(0, 12),
      alias: `team-${index}`,
      roles: Array.from({ length: ROLES_PER_ACCOUNT }, (_, role) => ({ name: `Engineering-Role-${role}` })),
    }),
  );
  const perApplication = ROLES_PER_APPLICATION / ROLES_PER_ACCOUNT;
  const applications = Array.from({ length: Math.ceil(accounts.length / perApplication) }, (_, index) => ({
    label: `AWS ${index}`,
    name: "amazon_aws",
    accounts: accounts.slice(index * perApplication, (index + 1) * perApplication).map(({ id }) => id),
  }));
  return { ...scenarios["no-mfa"], accounts, applications, rateLimit: 1_000_000 };
}

function show(measured: Measured | undefined): string {
  if (measured === undefined) return "";
  const { ms, mebibytes, bytes } = measured;
  return `${Math.round(ms)} ms, ${Math.round(mebibytes)} MiB${bytes === 0 ? "" : `, ${Math.ceil(bytes / 1024).toLocaleString("en")} KiB out`}`;
}
