import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { describeSelf } from "../../src/files/holder.ts";
import { sessionFile, sharedFile, writePrivately } from "../support/kept.ts";
import { DEVELOPER } from "../support/sample.ts";
import { faulty } from "../support/sandbox.ts";
import { type Place, test } from "../support/sandbox-home.ts";

interface Found {
  readonly area: string;
  readonly level: string;
  readonly what: string;
  readonly why: string | null;
  readonly fix: string | null;
}

/** What is amiss, of one place. */
async function findingsOf(place: Place, area: string, change: Readonly<Record<string, string | undefined>> = {}) {
  const { stdout, stderr, exitCode } = await place.run("doctor --json", change);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Found[] };
  const amiss = findings.filter((one) => one.area === area && (one.level === "problem" || one.level === "warning"));
  return { exitCode, stderr, all: findings, amiss: amiss.map(({ level, what }) => `${level}: ${what}`) };
}

test.concurrent("where all is well it says so, signs nobody in and ends with 0", async ({ enter }) => {
  const place = await enter("no-mfa");
  const { stdout, stderr, exitCode } = await place.run("doctor");
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^program\n {2}ok {7}aws-okta-processor \d+\.\d+\.\d+, Node \d+\.\d+\.\d+, \w+-\w+\n/);
  expect(stdout).toMatch(
    /\norganization\n {2}ok {7}ORGANIZATION answers in \d+ ms\n {2}ok {7}it is an Okta organization on Classic Engine\n/,
  );
  expect(stdout).not.toMatch(/^ {2}(?:problem|warning) /m);
  expect(place.sandbox.calls.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
});

test.concurrent("at a terminal the report is what is printed, and nothing stays of what was shown meanwhile", async ({ enter }) => {
  const place = await enter("no-mfa");
  const { end } = await place.sit("doctor");
  const { stdout, stderr, exitCode, settings } = await end();
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("  ok       there is a terminal to ask at\n");
  expect(settings.after).toBe(settings.before);
});

test.concurrent("its report tells nobody who somebody is", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(`authenticate --silent --role ${DEVELOPER}`);
  await writeFile(
    path.join(place.home, ".awsoktaprocessor"),
    "[defaults]\npass = canary-password\nrole = canary-role\nuser = canary-user\n[canary-section]\ncanary-key = 1\n",
  );
  await writeFile(
    path.join(place.cwd, ".awsoktaprocessor"),
    "[authenticate]\nduration = canary-duration\npassword_command = echo canary-line\n",
  );
  const change = {
    AWS_OKTA_USER: "canary-user@canary.example",
    AWS_OKTA_PASS: "canary-secret",
    AWS_OKTA_APPLICATION: "https://canary.okta.com/home/x",
    HTTPS_PROXY: "http://canary-name:canary-word@proxy.canary.example:8080",
    AWS_ACCESS_KEY_ID: "canary-id",
    NO_PROXY: "canary.internal",
    NODE_USE_ENV_PROXY: undefined,
  };
  for (const line of ["doctor", "doctor --json"]) {
    const { stdout, stderr } = await place.run(line, change);
    expect(stdout.length).toBeGreaterThan(500);
    for (const word of ["canary", place.home, place.sandbox.organization.replace("http://", ""), hostname(), "111122223333"])
      expect(stdout + stderr, word).not.toContain(word);
  }
  const { stdout } = await place.run("doctor --show-names", change);
  expect(stdout).toContain(place.home);
  expect(stdout).not.toMatch(/canary-(?:password|secret|word|line)/);
});

test.concurrent("a kept session is not in the report", async ({ enter }) => {
  const place = await enter("no-mfa");
  const mark = { user_name: "jdoe", organization: place.sandbox.organization };
  await writePrivately(sessionFile(place), JSON.stringify({ id: "canary", expiresAt: "2099-01-01T00:00:00Z", "aws-okta-processor": mark }));
  const { stdout } = await place.run("doctor --show-names");
  expect(stdout).toContain("Okta sessions: 1, not over: 1\n");
  expect(stdout).not.toContain("canary");
});

test.concurrent("what nobody answers at is told with the reason, and the exit code is 4", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.sandbox.close();
  const { exitCode, amiss, stderr } = await findingsOf(place, "organization");
  expect([exitCode, amiss, stderr]).toEqual([
    4,
    [expect.stringMatching(/^problem: cannot reach \S+: ECONNREFUSED$/)],
    "aws-okta-processor: 3 problems were found, on the way or at the far end\n",
  ]);
});

test.concurrent("what never answers does not keep the report for long, and the rest of it is there", async ({ enter }) => {
  const place = await enter("no-mfa");
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { readonly port: number };
  const url = `http://127.0.0.1:${port}`;
  const change = { AWS_OKTA_ORGANIZATION: url, AWS_OKTA_SIGN_IN_URL: `${url}/saml`, AWS_ENDPOINT_URL_STS: url };
  const { exitCode, all } = await findingsOf(place, "STS", change);
  silent.close();
  expect([exitCode, all.filter(({ what }) => what.endsWith("did not answer in time")).length]).toEqual([4, 3]);
  expect(all.map(({ area }) => area)).toContain("AWS profiles");
});

test.concurrent("what is no Okta organization is told", async ({ enter }) => {
  const place = await enter(
    faulty("no-mfa", { on: "GET /.well-known/okta-organization", status: 200, contentType: "text/html", body: "<html>" }),
  );
  const { exitCode, amiss } = await findingsOf(place, "organization");
  expect([exitCode, amiss]).toEqual([4, ["problem: it does not say that it is an Okta organization (status 200)"]]);
});

test.concurrent("a clock that is minutes off is told, and the exit code is 2", async ({ enter }) => {
  const place = await enter("no-mfa");
  place.sandbox.advance(600_000);
  const { exitCode, amiss } = await findingsOf(place, "organization");
  expect([exitCode, amiss]).toEqual([2, [expect.stringMatching(/^problem: this machine's clock is (?:599|60\d) seconds behind it$/)]]);
});

test.concurrent("a bad dotfile stops nothing else", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writeFile(path.join(place.home, ".awsoktaprocessor"), "user = jdoe\n");
  await writeFile(path.join(place.cwd, ".awsoktaprocessor"), "[defaults]\nusr = x\npass = x\n", { mode: 0o644 });
  const { exitCode, amiss, all } = await findingsOf(place, "dotfile at home");
  expect([exitCode, amiss]).toEqual([2, ["problem: ~/.awsoktaprocessor line 1 is not readable"]]);
  const here = all.filter(({ area, level }) => area === "dotfile here" && level !== "ok").map(({ level, what }) => `${level}: ${what}`);
  expect(here).toEqual([
    "warning: a section or key of it nobody reads",
    "problem: WORKING-DIRECTORY/.awsoktaprocessor holds a password and is open to other users (mode 644)",
  ]);
  expect(all.filter(({ area }) => area === "STS").map(({ level }) => level)).toEqual(["ok"]);
});

test.concurrent("an option that no command would take is told as the command would tell it", async ({ enter }) => {
  const { exitCode, amiss } = await findingsOf(await enter("no-mfa"), "options", { AWS_OKTA_DURATION: "soon" });
  expect([exitCode, amiss]).toEqual([
    2,
    ["problem: duration must be 900 to 43200 seconds, or a span such as 1h or 90m, got something else (AWS_OKTA_DURATION)"],
  ]);
});

test.concurrent("caches that are open, torn or in the way are told", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writePrivately(sessionFile(place), "{");
  const open = sessionFile(place).replace("jdoe", "other");
  await writeFile(open, "{}");
  await chmod(open, 0o644);
  await chmod(path.dirname(sessionFile(place)), 0o755);
  await mkdir(path.dirname(path.dirname(sharedFile(place))), { recursive: true });
  await writeFile(path.dirname(sharedFile(place)), "a file in the way");
  const { exitCode, amiss } = await findingsOf(place, "caches");
  expect(exitCode).toBe(2);
  expect(amiss).toEqual([
    "problem: ~/.aws-okta-processor/cache is open to other users (mode 755)",
    "problem: ~/.aws/boto/cache is no folder",
    expect.stringMatching(/^warning: ~\/.aws-okta-processor\/cache\/USER-.*-session\.json is torn$/),
    expect.stringMatching(/^problem: ~\/.aws-okta-processor\/cache\/other-.*-session\.json is open to other users \(mode 644\)$/),
  ]);
});

test.concurrent("of a lock it is told whether its holder lives", async ({ enter }) => {
  const place = await enter("no-mfa");
  const folder = path.join(place.home, ".aws-okta-processor/cache/credentials");
  await mkdir(folder, { recursive: true });
  const self = await describeSelf({ pid: process.pid, hostName: hostname(), platform: process.platform });
  const holders = [self, self.replace(/^(\d+),\d+/, "$1,1"), self.replace(/^(\d+,\d+),[^,]*/, "$1,elsewhere")];
  for (const [index, holder] of holders.entries()) await symlink(holder, path.join(folder, `${String(index).repeat(40)}.json.lock`));
  const { all } = await findingsOf(place, "locks");
  const locks = all.filter(({ area }) => area === "locks");
  expect(locks.map(({ level, what }) => `${level}: ${what.replace(/ with .*/, "")}`)).toEqual([
    `note: process ${process.pid} is at work`,
    `note: process ${process.pid} has died at work`,
    `warning: process ${process.pid} of another machine is or was at work`,
  ]);
});

test.concurrent("a plugin that is not used is told, and no module of it is loaded", async ({ enter }) => {
  const place = await enter("no-mfa");
  const folder = path.join(place.home, ".local/share/aws-okta-processor");
  const plugin = path.join(folder, "node_modules/okta-shell-rc");
  await mkdir(plugin, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ oclif: { plugins: [{ name: "okta-shell-rc", type: "user" }] } }));
  const block = { contract: 99, shells: { rc: "./rc.js" } };
  await writeFile(path.join(plugin, "package.json"), JSON.stringify({ name: "okta-shell-rc", version: "1.0.0", awsOktaProcessor: block }));
  await writeFile(path.join(plugin, "rc.js"), "process.stderr.write('loaded');");
  const { exitCode, amiss, stderr } = await findingsOf(place, "plugins");
  expect([exitCode, amiss]).toEqual([2, [expect.stringMatching(/^problem: rc of okta-shell-rc is not used: is written for contract 99/)]]);
  expect(stderr).toBe("aws-okta-processor: a problem was found\n");
});

test.concurrent("profiles whose program is not there, and a config file that nobody reads, are told", async ({ enter }) => {
  const place = await enter("no-mfa");
  const config = path.join(place.home, "config");
  await writeFile(
    config,
    "[profile a]\ncredential_process = /nowhere/aws-okta-processor authenticate\n[profile b]\ncredential_process = aws-okta-processor authenticate\n",
  );
  const change = { AWS_CONFIG_FILE: config, PATH: "/usr/bin:/bin" };
  expect(await findingsOf(place, "AWS profiles", change)).toMatchObject({
    exitCode: 2,
    amiss: ["problem: profiles whose program is not where they say: 1", "problem: aws-okta-processor is not on the PATH"],
  });
  await writeFile(config, "a = b\n");
  expect(await findingsOf(place, "AWS profiles", change)).toMatchObject({
    amiss: ["problem: ~/config line 1: this stands before the first section"],
  });
});

test.concurrent("certificates that are not checked, and a bundle that is none, are told", async ({ enter }) => {
  const place = await enter("no-mfa");
  const bundle = path.join(place.home, "ca.pem");
  await writeFile(bundle, "nothing");
  const change = { NODE_TLS_REJECT_UNAUTHORIZED: "0", AWS_CA_BUNDLE: bundle, NODE_NO_WARNINGS: "1" };
  expect((await findingsOf(place, "proxy and certificates", change)).amiss).toEqual([
    "problem: NODE_TLS_REJECT_UNAUTHORIZED is 0",
    "problem: the file of AWS_CA_BUNDLE holds no certificate in PEM",
  ]);
  expect((await findingsOf(place, "proxy and certificates", { AWS_CA_BUNDLE: "/nowhere" })).amiss).toEqual([
    "problem: the file of AWS_CA_BUNDLE is not there",
  ]);
});

test.concurrent("a shell that has credentials of its own, and one that completes, are told", async ({ enter }) => {
  const place = await enter("no-mfa");
  await writeFile(path.join(place.home, ".bashrc"), 'eval "$(aws-okta-processor completion bash)"\n');
  const change = { AWS_ACCESS_KEY_ID: "ASIA", AWS_CREDENTIAL_EXPIRATION: "2020-01-01T00:00:00Z" };
  const { amiss, all } = await findingsOf(place, "shells", change);
  expect(amiss).toEqual(["warning: there are credentials in the variables of this shell, and they have expired"]);
  expect(all.map(({ what }) => what)).toContain("~/.bashrc names this program, for completion");
});
