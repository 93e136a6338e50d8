import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { scenarios, startSandbox } from "@aws-okta-processor/sandbox";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runWithoutTerminal } from "../support/process.ts";
import { npm, pack, type Tarball } from "./npm.ts";

/** Other people's packages, and the sources of the plugins that `plugins create` writes. */
const OF_OTHERS = /^(?:node_modules\/(?!@aws-okta-processor\/)|bin\/new-plugin\/)/;

let folder: string;
let tarball: Tarball;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "aop-package-"));
  const [packed] = await pack("--pack-destination", folder);
  if (packed === undefined) throw new Error("npm packed nothing");
  tarball = packed;
  await npm("install", "--global", "--prefix", folder, "--prefer-offline", "--ignore-scripts", path.join(folder, tarball.filename));
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the tarball holds the program, its workspaces and its papers", () => {
  const paths = tarball.files.map((file) => file.path);
  expect(paths).toStrictEqual(
    expect.arrayContaining([
      "package.json",
      "README.md",
      "LICENSE",
      "oclif.manifest.json",
      "dist/run.cjs",
      "dist/program/program.cjs",
      "dist/warm/shell-posix-posix.cjs",
    ]),
  );
  expect(paths).toContain("node_modules/@aws-okta-processor/factor-push/dist/push.js");
  expect(paths).toContain("node_modules/@aws-okta-processor/sandbox/dist/commands/index.js");
  expect(paths).toContain("bin/new-plugin/common/gitignore");
});

test("the tarball holds no source, no test and nothing that only the build needs", () => {
  const ours = tarball.files.map((file) => file.path).filter((file) => !OF_OTHERS.test(file));
  expect(ours.filter((file) => /(^|\/)(src|test|scripts|docs)\/|(?<!\.d)\.ts$|\.map$|tsbuildinfo|tsconfig/.test(file))).toStrictEqual([]);
});

test("the program in the tarball may be executed", () => {
  const mode = tarball.files.find((file) => file.path === "dist/run.cjs")?.mode ?? 0;
  expect(mode & 0o111).toBe(0o111);
});

test("an installed program tells its version and lists what is bundled, and stderr stays empty", async () => {
  const version = await run("--version");
  const help = await run("--help");
  expect(version).toMatchObject({ stdout: expect.stringMatching(/^aws-okta-processor\/\d+\.\d+\.\d+ /), stderr: "", exitCode: 0 });
  expect(help).toMatchObject({ stderr: "", exitCode: 0 });
  for (const word of ["authenticate", "get-roles", "push:okta", "profiles", "fish"]) expect(help.stdout).toContain(word);
});

test("an installed program signs in", async () => {
  const sandbox = await startSandbox({ scenario: scenarios["no-mfa"] });
  onTestFinished(() => sandbox.close());
  const env = { ...sandbox.environment, AWS_OKTA_USER: "jdoe", AWS_OKTA_PASS: "correct horse" };
  const { stdout, stderr, exitCode } = await run("get-roles --silent --output text --output-format {account_id}", env);
  expect({ stderr, exitCode }).toStrictEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toMatch(/^(\d{12}\n)+$/);
});

function run(line: string, more: Readonly<Record<string, string>> = {}) {
  const env = { PATH: [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter), HOME: folder, ...more };
  const program = path.join(folder, process.platform === "win32" ? "aws-okta-processor.cmd" : "bin/aws-okta-processor");
  return runWithoutTerminal([program, ...line.split(" ")], { env, cwd: folder });
}
