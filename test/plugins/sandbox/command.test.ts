import { spawn as spawnProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { expect, onTestFinished, test } from "vitest";
import { type Body, like, verifyLink } from "./client.ts";

const program = path.resolve(import.meta.dirname, "../../../bin/run.js");

interface Running {
  /** Waits until it has said this, and gives all it said so far. */
  readonly says: (wanted: string | RegExp) => Promise<string>;
  readonly press: (key: string) => void;
  readonly signal: (name: "SIGINT" | "SIGTERM") => void;
  readonly exitCode: Promise<number | undefined>;
  readonly errors: () => string;
}

/** The command as a process without a terminal. */
function run(...args: readonly string[]): Running {
  const child = spawnProcess(process.execPath, [program, "sandbox", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const listeners = new Set<() => void>();
  const said = { out: "", error: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk.toString("utf8");
    for (const listener of listeners) listener();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.error += chunk.toString("utf8");
  });
  return {
    says: (wanted) => waitFor(wanted, () => said.out, listeners),
    press: () => undefined,
    signal: (name) => child.kill(name),
    exitCode: once(child, "close").then(([code]) => code as number | undefined),
    errors: () => said.error,
  };
}

/** The command at a terminal. */
function runAtTerminal(...args: readonly string[]): Running {
  const terminal = spawnTerminal(process.execPath, [program, "sandbox", ...args], { cols: 200, rows: 50 });
  onTestFinished(() => terminal.kill("SIGKILL"));
  const listeners = new Set<() => void>();
  const said = { out: "" };
  terminal.onData((data) => {
    said.out += data;
    for (const listener of listeners) listener();
  });
  return {
    says: (wanted) => waitFor(wanted, () => said.out, listeners),
    press: (key) => terminal.write(key),
    signal: (name) => terminal.kill(name),
    exitCode: new Promise((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode))),
    errors: () => "",
  };
}

function waitFor(wanted: string | RegExp, said: () => string, listeners: Set<() => void>): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      if (typeof wanted === "string" ? !said().includes(wanted) : !wanted.test(said())) return;
      listeners.delete(look);
      resolve(said());
    };
    listeners.add(look);
    look();
  });
}

const originIn = (text: string) => /AWS_OKTA_ORGANIZATION='([^']*)'/u.exec(text)?.[1] ?? "";

async function post(url: string, fields: object): Promise<Body> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fields) });
  return JSON.parse(await response.text()) as Body;
}

/** Signs in as far as the push, and gives what polls it. */
async function sendPush(origin: string) {
  const body = await post(`${origin}/api/v1/authn`, { username: "jdoe", password: "correct horse" });
  const poll = () => post(verifyLink(body), { stateToken: body.stateToken });
  await poll();
  return poll;
}

test("it says how to point both programs at it, and shows each request", async () => {
  const { says, signal, exitCode, errors } = run();
  const said = await says("Ctrl-C stops.");
  expect(said).toMatch(
    /^ {2}export AWS_OKTA_ORGANIZATION='http:\/\/127\.0\.0\.1:\d+'\n {2}export AWS_OKTA_SIGN_IN_URL='.*\/saml'\n {2}export AWS_ENDPOINT_URL_STS='.*'$/mu,
  );
  expect(said).toMatch(/^ {2}aws --endpoint-url http:\/\/127\.0\.0\.1:\d+ --region us-east-1 sts get-caller-identity$/mu);
  expect(said).toContain("User jdoe@example.com   password correct horse\n  push:okta   waiting, success\n");
  await post(`${originIn(said)}/api/v1/authn`, { username: "jdoe", password: "wrong" });
  await says(/^\d\d:\d\d:\d\d {2}okta {5}POST \/api\/v1\/authn {2}401$/mu);
  signal("SIGINT");
  expect([await exitCode, errors()]).toEqual([0, ""]);
});

test("at a terminal a person approves a push with a key, and Ctrl-C ends it", async () => {
  const { says, press, exitCode } = runAtTerminal("--scenario", "push-manual");
  const said = await says("Ctrl-C stops.");
  press("a");
  await says("no push waits");
  const poll = await sendPush(originIn(said));
  await says("A push for jdoe@example.com waits: press a to approve, r to reject");
  expect((await poll()).factorResult).toBe("WAITING");
  press("a");
  await says("approved");
  expect((await poll()).status).toBe("SUCCESS");
  press("\u0003");
  expect(await exitCode).toBe(0);
});

test("at a terminal a person rejects a push with a key", async () => {
  const { says, press, exitCode } = runAtTerminal("--scenario", "push-manual");
  const poll = await sendPush(originIn(await says("Ctrl-C stops.")));
  press("r");
  await says("rejected");
  expect((await poll()).factorResult).toBe("REJECTED");
  press("\u0003");
  expect(await exitCode).toBe(0);
});

test("at a terminal a person asks for the codes of the moment", async () => {
  const { says, press } = runAtTerminal();
  await says("Ctrl-C stops.");
  press("c");
  await says(/codes: OKTA \d{6}, GOOGLE \d{6}/u);
});

test("a waiting push is told once, and that no one can answer it here is not hidden", async () => {
  const { says, signal, exitCode } = run("--scenario", "push-manual");
  const poll = await sendPush(originIn(await says("Ctrl-C stops.")));
  await poll();
  const said = await says(/verify {2}200\n(.*\n)*.*verify {2}200\n/u);
  expect(said.match(/^A push for jdoe@example\.com waits$/gmu)).toHaveLength(1);
  signal("SIGTERM");
  expect(await exitCode).toBe(0);
});

test("a code that is sent is told in place of the phone", async () => {
  const { says, signal, exitCode } = run("--scenario", "sms");
  const said = await says("Ctrl-C stops.");
  expect(said).toContain("  sms:okta   a code is sent to +1 XXX-XXX-0199\n");
  const body = await post(`${originIn(said)}/api/v1/authn`, { username: "jdoe", password: "correct horse" });
  const verify = (fields: object) => post(verifyLink(body), { stateToken: body.stateToken, ...fields });
  await verify({});
  const passCode = /^sms to \+1 XXX-XXX-0199: code (\d{6})$/mu.exec(await says(/code \d{6}\n/u))?.[1];
  expect((await verify({ passCode })).status).toBe("SUCCESS");
  await post(`${originIn(said)}/api/v1/authn`, { username: "jdoe", password: "wrong" });
  expect((await says(/authn {2}401\n/u)).match(/^sms to .*$/gmu)).toHaveLength(1);
  signal("SIGTERM");
  expect(await exitCode).toBe(0);
});

test("what is to be typed is told for each factor", async () => {
  const { says } = run("--scenario", "rsa-next-token");
  expect(await says("Ctrl-C stops.")).toContain(
    '  token:rsa   codes 1234271828, 1234182845; "Wait for the code to change, then enter the new one" 1234182845\n',
  );
  const { says: saysOther } = run("--scenario", "question");
  expect(await saysOther("Ctrl-C stops.")).toContain("  question:okta   answer abacus\n");
});

test("with TLS the authority's file is named, and removed at the end", async () => {
  const { says, signal, exitCode } = run("--tls");
  const said = await says("Ctrl-C stops.");
  const file = /NODE_EXTRA_CA_CERTS='([^']*)'/u.exec(said)?.[1] ?? "";
  expect([originIn(said), existsSync(file)]).toEqual([like(/^localhost:\d+$/u), true]);
  signal("SIGINT");
  await exitCode;
  expect(existsSync(file)).toBe(false);
});

test("a scenario can be a file, in which the rest is as in the default", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "scenario-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "ours.json");
  await writeFile(file, JSON.stringify({ title: "Our own.", accounts: [] }));
  const { says } = run("--scenario", file);
  expect(await says("Ctrl-C stops.")).toMatch(/^Scenario: Our own\.$/mu);
});

test.each([
  [["--scenario", "nonsense"], 'there is no scenario "nonsense"; there are default, no-mfa, push-manual,'],
  [["--scenario", "/nonexistent/ours.json"], "ENOENT"],
  [["--port", "many"], 'port must be 0 to 65532, got "many"'],
  [["--latency", "60001"], 'latency must be 0 to 60000, got "60001"'],
])("%j is refused before anything listens", async (args, message) => {
  const { exitCode, errors } = run(...args);
  expect(await exitCode).toBe(2);
  expect(errors().replace(/\s+(›\s+)?/gu, " ")).toContain(message);
});
