import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "./markdown.ts";
import { run } from "./session.ts";

/** They start the program several times and wait for pushes, beside the rest of the suite. */
const PATIENCE_MS = 120_000;

test("try signs in, lists roles, answers from the cache, tells each request in words, and leaves nothing behind", {
  timeout: PATIENCE_MS,
}, async () => {
  const { output, ...rest } = await runScript("try.js");
  expect(rest, output).toEqual({ exitCode: 0, left: [] });
  expect(output).not.toMatch(/\u001b|^ {2}(?:GET|POST) /m);
  expect(
    output
      .split("\n")
      .filter((line) => /^(?:\$|\d\.|\{|acme-dev {2})/.test(line))
      .map(shorten),
  ).toEqual([
    "1. Sign in with a password and a push, and take a role",
    "$ aws-okta-processor authenticate --role arn:aws:iam::111122223333:role/Developer",
    '{"AccessKeyId": …',
    "2. List the roles",
    "$ aws-okta-processor get-roles --output text --output-format '{account:<14}{role}'",
    "acme-dev      arn:aws:iam::111122223333:role/Administrator",
    "acme-dev      arn:aws:iam::111122223333:role/Developer",
    "acme-dev      arn:aws:iam::111122223333:role/ReadOnly",
    "3. Ask for the same credentials again",
    "$ aws-okta-processor authenticate --role arn:aws:iam::111122223333:role/Developer",
    '{"AccessKeyId": …',
  ]);
  expect(output).toMatch(/ {2}8 requests, .* {2}4 requests, .* {2}No request, answered from the cache, /s);
});

test("the option table of the README is that of the code", async () => {
  expect(await runScript("option-table.js", "--check")).toEqual({ output: "", exitCode: 0, left: [] });
});

test("the picture is what the program shows", { timeout: PATIENCE_MS }, async () => {
  expect(await runScript("picture.js", "--check")).toEqual({ output: "", exitCode: 0, left: [] });
});

/** @returns what it printed, and what it left in the folder for temporary files */
async function runScript(name: string, ...args: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), "aop-script-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = { PATH: process.env["PATH"] ?? "", TMPDIR: folder };
  const ran = await run([process.execPath, path.join(ROOT, "scripts", name), ...args], { env, folder });
  return { ...ran, left: readdirSync(folder) };
}

function shorten(line: string): string {
  return line.replace(/^(\{"AccessKeyId": ).*/, "$1…");
}
