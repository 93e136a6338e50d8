import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { type Ran, runWithoutTerminal, words } from "../support/process.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withFactors } from "../support/scenario.ts";
import { REPOSITORY } from "./npm.ts";
import { bournePackage, markdownPackage, tokenPackage } from "./strangers.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

const ROLE = "arn:aws:iam::111122223333:role/Developer";
const TABLE = "| Account | Role |\n|---|---|\n| acme-dev | arn:aws:iam::111122223333:role/Administrator |\n";

/** Jane's token is none that a bundled package knows. */
const acme = withFactors("default", { factorType: "token", provider: "ACME", vendorName: "Acme", codes: ["271828"] });

let workshop: Workshop;
let prefix: string;

beforeAll(async () => {
  workshop = await openWorkshop();
  await workshop.registry.publish("--workspaces");
  await workshop.registry.publish();
  for (const files of [markdownPackage(), bournePackage()]) await workshop.publish(files);
  await publishToken(workshop);
  prefix = path.join(workshop.folder, "prefix");
  await workshop.npm("install", "--global", "--prefix", prefix, "aws-okta-processor");
}, 180_000);

afterAll(() => workshop.close());

test.for(["aop-token", "aop-bourne", "aop-markdown"])("%s is installed by its name, and told of", async (name, { enter }) => {
  const place = await enter();
  expect(await run(place, `plugins install ${name}`)).toEqual(installed(`${name}@latest`));
  expect(await run(place, "plugins")).toEqual({ stdout: `${name} 1.0.0\n`, stderr: "", exitCode: 0 });
  const { stdout } = await run(place, `plugins inspect ${name}`);
  const details = Object.fromEntries(stdout.split("\n").map((line) => line.split(/ {2,}/, 2)));
  expect(details).toMatchObject({ name, version: "1.0.0", source: "installed", from: `${name}@latest`, location: homeOf(place, name) });
});

test("a factor, a shell and a format of others sign in, fill a shell and list the roles", async ({ enter }) => {
  const place = await enter(acme);
  await run(place, "plugins install aop-token aop-bourne aop-markdown");
  const answers = { AWS_OKTA_FACTOR: "token:acme", AWS_OKTA_FACTOR_CODE_COMMAND: "echo 271828" };
  const lines = await run(place, `authenticate --silent --environment --target-shell bourne --role ${ROLE}`, answers);
  expect(lines).toMatchObject({ stderr: introduced("aop-bourne", "aop-token"), exitCode: 0 });
  expect(await evaluate(lines.stdout)).toMatch(/^ASIA\w+ \S+ \S+$/);
  const roles = await run(place, "get-roles --silent --output markdown");
  expect(roles).toEqual({ stdout: expect.stringContaining(TABLE), stderr: introduced("aop-markdown"), exitCode: 0 });
  expect(place.sandbox.count("POST /api/v1/authn/factors/*/verify")).toBe(1);
});

const sources: readonly (readonly [string, () => string | Promise<string>])[] = [
  ["a tarball", async () => `file:${await workshop.pack(markdownPackage())}`],
  ["a tarball of a registry", () => `${workshop.registry.url}aop-markdown/-/aop-markdown-1.0.0.tgz`],
  ["a git repository", () => workshop.commit(markdownPackage())],
  ["a folder", async () => `file:${await workshop.write(markdownPackage())}`],
];

test.for(sources)("a format is installed from %s", async ([, find], { enter }) => {
  const place = await enter("no-mfa");
  const source = await find();
  expect(await run(place, `plugins install ${source}`)).toEqual(installed(source));
  expect(await run(place, "plugins")).toEqual({ stdout: "aop-markdown 1.0.0\n", stderr: "", exitCode: 0 });
  expect((await run(place, "get-roles --silent --output markdown")).stdout).toContain(TABLE);
});

test("a format is linked from a folder, and prints what stands there at that time", async ({ enter }) => {
  const place = await enter("no-mfa");
  const source = await workshop.write(markdownPackage());
  const linked = await run(place, `plugins link ${source}`);
  expect(linked).toMatchObject({ stdout: "", stderr: expect.stringContaining(`Linking plugin ${source}... done\n`), exitCode: 0 });
  expect((await run(place, "plugins")).stdout).toBe(`aop-markdown 1.0.0 ${source}\n`);
  await writeFile(path.join(source, "markdown.js"), 'export const format = { roles: () => ["changed\\n"] };');
  expect(await run(place, "get-roles --silent --output markdown")).toMatchObject({ stdout: "changed\n", exitCode: 0 });
});

test("an update brings what was published since", async ({ enter }) => {
  const place = await enter("no-mfa");
  const next = { version: "1.1.0", awsOktaProcessor: { contract: 1, formats: { wiki: "./markdown.js" } } };
  await workshop.publish(markdownPackage({ name: "aop-moving" }));
  await run(place, "plugins install aop-moving");
  await workshop.publish(markdownPackage({ name: "aop-moving", ...next }));
  expect(await run(place, "plugins update")).toMatchObject({ stdout: "", stderr: expect.stringContaining("done\n"), exitCode: 0 });
  expect((await run(place, "plugins")).stdout).toBe("aop-moving 1.1.0\n");
  expect((await run(place, "get-roles --silent --output wiki")).stdout).toContain(TABLE);
});

test("what was uninstalled is neither listed nor offered", async ({ enter }) => {
  const place = await enter("no-mfa");
  await run(place, "plugins install aop-markdown");
  expect(await run(place, "plugins uninstall aop-markdown")).toMatchObject({ stdout: "", exitCode: 0 });
  expect((await run(place, "plugins")).stdout).toBe("no plugins are installed\n");
  const refused = { stdout: "", stderr: expect.stringContaining('there is no format "markdown" (--output)'), exitCode: 2 };
  expect(await run(place, "get-roles --output markdown")).toEqual(refused);
});

/** Whose code takes part is told once. */
function introduced(...names: readonly string[]): string {
  return names
    .map((name) => `${name} 1.0.0, a plugin that you installed, takes part; it is the code of its authors and runs with your rights\n`)
    .join("");
}

function installed(source: string) {
  return { stdout: "", stderr: expect.stringContaining(`Installing plugin ${source}... installed v1.0.0\n`), exitCode: 0 };
}

function homeOf({ home }: Place, name: string): string {
  return path.join(home, ".local/share/aws-okta-processor/node_modules", name);
}

/** A shell takes lines over, and one that it starts tells what they left to it. */
async function evaluate(lines: string): Promise<string> {
  const tell = 'echo "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN"';
  const env = { PATH: process.env["PATH"], LINES_TO_TAKE: lines, TELL: tell };
  const { stdout } = await promisify(execFile)("sh", ["-c", 'eval "$LINES_TO_TAKE"; sh -c "$TELL"'], { env });
  return stdout.trimEnd();
}

function run({ env, cwd }: Place, line: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const program = path.join(prefix, process.platform === "win32" ? "aws-okta-processor.cmd" : "bin/aws-okta-processor");
  const { XDG_CACHE_HOME: _, ...own } = env;
  return runWithoutTerminal([program, ...words(line)], { env: { ...own, ...workshop.registry.env, ...more }, cwd });
}

/** As its author would: the contract's types from the registry, and a compiler. */
async function publishToken({ npm, write, registry }: Workshop): Promise<void> {
  const source = await write(tokenPackage());
  await npm("install", "--save-dev", "--prefix", source, "@aws-okta-processor/contract");
  await promisify(execFile)(process.execPath, [path.join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", source]);
  await registry.publish(source);
}
