import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { useFolder } from "../support/folder.ts";
import { runWithoutTerminal } from "../support/process.ts";
import { REPOSITORY } from "./npm.ts";

const launcher = path.join(REPOSITORY, "scripts/node24.cjs");

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runWithoutTerminal([process.execPath, launcher, ...args], { env: { PATH: "/usr/bin:/bin", ...env }, cwd: REPOSITORY });
}

test("a script runs on the Node 24 that the repository brings", async () => {
  expect(await launch(["node", "-p", "process.versions.node.split('.')[0]"])).toStrictEqual({ stdout: "24\n", stderr: "", exitCode: 0 });
});

test("what a script starts finds the same Node and the repository's programs", async () => {
  const { stdout } = await launch(["sh", "-c", "node -p process.versions.node; command -v tsc"]);
  expect(stdout).toMatch(/^24\..+\n.*node_modules\/\.bin\/tsc\n$/);
});

test("AOP_NODE puts another Node in its place", async () => {
  const folder = useFolder();
  const other = folder.write("node", "#!/bin/sh\necho another Node: $*\n", 0o755);
  expect((await launch(["node", "x.js"], { AOP_NODE: other })).stdout).toBe("another Node: x.js\n");
});

test("the exit code of a script is handed on", async () => {
  expect((await launch(["node", "-e", "process.exit(7)"])).exitCode).toBe(7);
});

test("a command that is not there is an error in one line", async () => {
  const { stderr, exitCode } = await launch(["no-such-command"]);
  expect({ stderr, exitCode }).toStrictEqual({ stderr: "node24: spawn no-such-command ENOENT\n", exitCode: 1 });
});

test("a request to end reaches the script, and what it ends with is handed on", async () => {
  const script = "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, [launcher, "node", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toStrictEqual([5, null]);
});

test("the closing line counts what passed, what failed and what could not be loaded", async () => {
  const folder = useFolder();
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
  const results = [
    { status: "failed", assertionResults: [] },
    { status: "passed", assertionResults: [{}] },
  ];
  const report = folder.write("report.json", JSON.stringify({ ...counts, testResults: results }));
  const { stdout } = await launch(["node", "scripts/count-tests.cjs", report]);
  expect(stdout).toBe("3 passed, 2 failed, 2 skipped\n");
});
