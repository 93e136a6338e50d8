import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Scenario, startSandbox } from "@aws-okta-processor/sandbox";

const PLUGIN = fileURLToPath(new URL("..", import.meta.url));
const PROGRAM = fileURLToPath(import.meta.resolve("aws-okta-processor/dist/run.cjs"));

/** Runs the program with these arguments. Gives what it printed; rejects with what it said where it failed. */
export type Run = (...args: readonly string[]) => Promise<string>;

/**
 * A machine of the test's own: an empty home, a sandbox that plays Okta and AWS, this plugin linked, and jdoe who signs in. Nothing of
 * yours is read or written, and no request leaves this machine.
 */
export async function enter(t: TestContext, scenario: Scenario): Promise<Run> {
  const home = await mkdtemp(path.join(tmpdir(), "plugin-test-"));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  const sandbox = await startSandbox({ scenario });
  t.after(() => sandbox.close());
  const env = {
    PATH: process.env["PATH"],
    SystemRoot: process.env["SystemRoot"],
    HOME: home,
    USERPROFILE: home,
    AWS_OKTA_PROCESSOR_DATA_DIR: path.join(home, "data"),
    ...sandbox.environment,
    AWS_OKTA_USER: "jdoe",
    AWS_OKTA_PASS: "correct horse",
  };
  const run: Run = async (...args) => {
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], { cwd: home, env });
    return stdout;
  };
  await run("plugins", "link", "--no-install", PLUGIN);
  return run;
}
