import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { type CommandLine, type Ran, runWithoutTerminal, words } from "../support/process.ts";
import { type Registry, startRegistry } from "../support/registry.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withFactors } from "../support/scenario.ts";
import { npmOf, REPOSITORY } from "./npm.ts";
import { bournePackage, markdownPackage, type Package, tokenPackage, writePackage } from "./strangers.ts";

const ROLE = "arn:aws:iam::111122223333:role/Developer";
const TABLE = `| Account | Role |\n|---|---|\n| acme-dev | arn:aws:iam::111122223333:role/Administrator |\n| acme-dev | ${ROLE} |\n`;

/** Jane has a token that no bundled package knows. */
const acme = withFactors("default", { factorType: "token", provider: "ACME", vendorName: "Acme", codes: ["271828", "182845"] });

let folder: string;
let registry: Registry;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aop-installed-"));
  registry = await startRegistry();
  await registry.publish("--workspaces");
  await registry.publish();
  for (const files of [markdownPackage(), bournePackage()]) await publish(files);
  await publishToken();
  await npmHere("install", "--global", "--prefix", path.join(folder, "prefix"), "aws-okta-processor");
}, 180_000);

afterAll(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

test("a factor, a shell and a format of others are installed by their names and sign in", async ({ enter }) => {
  const place = await enter(acme);
  for (const name of ["aop-token", "aop-bourne", "aop-markdown"])
    expect(await run(place, `plugins install ${name}`)).toEqual(installed(name));
  const lines = await run(place, [
    "authenticate",
    "--silent",
    ...withToken("271828"),
    "--environment",
    "--target-shell",
    "bourne",
    "--role",
    ROLE,
  ]);
  expect(lines).toMatchObject({ stderr: "", exitCode: 0 });
  expect(await evaluate(lines.stdout)).toMatch(/^ASIA\w+ \S+ \S+$/);
  const roles = await run(place, "get-roles --silent --output markdown");
  expect(roles).toEqual({ stdout: expect.stringContaining(TABLE), stderr: "", exitCode: 0 });
  expect(place.sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(1);
});

function installed(name: string, version = "1.0.0") {
  return {
    stdout: "",
    stderr: expect.stringMatching(new RegExp(`Installing plugin ${name}@latest\\.\\.\\. installed v${version}\\n$`)),
    exitCode: 0,
  };
}

function withToken(code: string): readonly string[] {
  return ["--factor", "token:acme", "--factor-code-command", `echo ${code}`];
}

/** A shell takes lines over, and tells what it then has. */
async function evaluate(lines: string): Promise<string> {
  const script = 'eval "$LINES"; unset LINES; sh -c \'echo "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN"\'';
  const { stdout } = await promisify(execFile)("sh", ["-c", script], { env: { PATH: process.env["PATH"], LINES: lines } });
  return stdout.trimEnd();
}

function run({ env, cwd }: Place, line: CommandLine): Promise<Ran> {
  const program = path.join(folder, "prefix", process.platform === "win32" ? "aws-okta-processor.cmd" : "bin/aws-okta-processor");
  const { XDG_CACHE_HOME: _, ...own } = env;
  return runWithoutTerminal([program, ...words(line)], { env: { ...own, ...registry.env }, cwd });
}

function npmHere(...args: readonly string[]): Promise<string> {
  return npmOf({ HOME: folder, ...registry.env }, ...args);
}

async function publish(files: Package): Promise<void> {
  await registry.publish(await writePackage(await mkdtemp(path.join(folder, "package-")), files));
}

/** As its author would: the contract's types from the registry, and a compiler. */
async function publishToken(): Promise<void> {
  const source = await writePackage(path.join(folder, "token"), tokenPackage());
  await npmHere("install", "--save-dev", "--prefix", source, "@aws-okta-processor/contract");
  await promisify(execFile)(process.execPath, [path.join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", source]);
  await registry.publish(source);
}
