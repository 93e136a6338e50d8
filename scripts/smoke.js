// The built program as a user starts it, on whatever Node runs this script: version, help, a whole sign-in against the sandbox, and the
// kept answer after it. Whatever is not the answer, a warning of Node or of a library above all, fails it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { scenarios, startSandbox } from "../plugins/sandbox/dist/index.js";
import { host, root } from "./workspaces.js";

const scenario = scenarios["no-mfa"];
const [user] = scenario.users;
const [account] = scenario.accounts;
const role = `arn:aws:iam::${account.id}:role/${account.roles[0].name}`;

/** Over TLS, with certificate authorities that are named. */
for (const tls of [false, true]) await play(tls);
process.stdout.write(`smoke: holds on Node ${process.version}\n`);

async function play(tls) {
  const home = mkdtempSync(path.join(tmpdir(), "aop-smoke-"));
  const sandbox = await startSandbox({ scenario, tls });
  const env = {
    ...sandbox.environment,
    AWS_OKTA_USER: user.login,
    AWS_OKTA_PASS: user.password,
    AWS_OKTA_APPLICATION: sandbox.applicationUrl(),
    HOME: home,
    USERPROFILE: home,
    PATH: process.env.PATH,
  };
  const answerOf = (...args) => runQuietly(args, { env, cwd: home });
  try {
    assert.match(await answerOf("--version"), new RegExp(`^aws-okta-processor/${host.json.version.replaceAll(".", "\\.")} `));
    assert.match(await answerOf("--help"), /authenticate[\s\S]*get-roles/);
    const first = await answerOf("authenticate", "--role", role, "--silent");
    assert.equal(JSON.parse(first).Version, 1);
    const calls = sandbox.count();
    assert.equal(await answerOf("authenticate", "--role", role, "--silent"), first);
    assert.equal(sandbox.count(), calls, "the second run asked the sandbox");
    assert.ok(JSON.parse(await answerOf("get-roles", "--silent")).accounts.length > 0);
  } finally {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** @returns stdout of a run that succeeds without a word on stderr */
async function runQuietly(args, options) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path.join(root, "bin/run.js"), ...args], options);
  assert.equal(stderr, "", `stderr of ${args.join(" ")}`);
  return stdout;
}
