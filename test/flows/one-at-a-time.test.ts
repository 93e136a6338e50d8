/** Many processes at once, with real locks and signals: one of them signs in, and the others have what it got. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Sandbox, scenarios, totpCode } from "@aws-okta-processor/sandbox";
import { describe, expect, onTestFinished } from "vitest";
import { pidOf } from "../../src/files/holder-text.ts";
import { type CommandLine, PROGRAM, words } from "../support/process.ts";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEVELOPER, READER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const RECORDING = `--require=${fileURLToPath(new URL("../support/record-modules.cjs", import.meta.url))}`;

const AUTHN = "POST /api/v1/authn";
const SESSIONS = "POST /api/v1/sessions";
const PAGE = "GET /home/amazon_aws/*/272";
const ASSUME = "sts AssumeRoleWithSAML";

interface Started {
  readonly pid: number;
  /** What it has said so far on standard error. */
  readonly said: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number | null; readonly atMs: number }>;
}

/** The program without a terminal, to be waited for or killed. */
function start({ env, cwd }: Place, line: CommandLine, change: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [PROGRAM, ...words(line)], {
    env: { ...env, ...change },
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  return {
    pid: child.pid ?? 0,
    said: () => stderr.join(""),
    kill: (signal) => void child.kill(signal),
    ended: once(child, "close").then(([exitCode]) => ({
      stdout: stdout.join(""),
      stderr: stderr.join(""),
      exitCode: exitCode as number | null,
      atMs: performance.now(),
    })),
  };
}

/** The process that has the turn for an entry. */
function holderOf({ home }: Place): number | undefined {
  const folder = path.join(home, ".aws-okta-processor/cache/credentials");
  try {
    const lock = readdirSync(folder).find((name) => name.endsWith(".lock"));
    return lock === undefined ? undefined : pidOf(readlinkSync(path.join(folder, lock)));
  } catch {
    return undefined;
  }
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries === 2000) throw new Error(`this did not come: ${what}`);
    await setTimeout(10);
  }
}

/** The push of one that was killed is on the phone, too. */
function approveAll({ approvePush }: Sandbox): { readonly stop: () => void } {
  const timer = setInterval(approvePush, 50);
  return { stop: () => clearInterval(timer) };
}

const countsOf = ({ count }: Sandbox) => [AUTHN, SESSIONS, PAGE, ASSUME].map((call) => count(call));
const waits = ({ said }: Started) => said().includes("waiting for another aws-okta-processor");

describe("with nothing kept", () => {
  test("ten that want the same role get the same from one sign-in and one exchange", async ({ enter }) => {
    const place = await enter("no-mfa");
    const all = await Promise.all(Array.from({ length: 10 }, () => start(place, `authenticate --silent --role ${DEVELOPER}`).ended));
    expect(new Set(all.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`))).toEqual(new Set(["0 "]));
    expect([all[0]?.stdout, new Set(all.map(({ stdout }) => stdout)).size]).toEqual([expect.stringMatching(CREDENTIALS_JSON), 1]);
    expect(countsOf(place.sandbox)).toEqual([1, 1, 1, 1]);
  });

  test("ten that want three roles or a list need one sign-in, and an exchange for each role", async ({ enter }) => {
    const place = await enter("no-mfa");
    const lines = [DEVELOPER, READER, ADMINISTRATOR].map((role) => `authenticate --silent --role ${role}`);
    const all = await Promise.all([...lines, ...lines, ...lines, "get-roles --silent"].map((line) => start(place, line).ended));
    expect(new Set(all.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`))).toEqual(new Set(["0 "]));
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(4);
    expect(countsOf(place.sandbox)).toEqual([1, 1, 4, 3]);
  });

  test("each of those that want a new one gets one of its own, in turn", async ({ enter }) => {
    const place = await enter("no-mfa");
    const line = `authenticate --silent --no-aws-cache --no-okta-cache --role ${DEVELOPER}`;
    const all = await Promise.all([line, line, line].map((one) => start(place, one).ended));
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(3);
    expect(countsOf(place.sandbox)).toEqual([3, 3, 3, 3]);
  });
});

test("a push that is rejected is rejected for all that wait, and who comes later sends one of their own", async ({ enter }) => {
  const place = await enter("push-manual");
  const { sandbox } = place;
  const holder = start(place, `authenticate --role ${DEVELOPER}`);
  await until(() => sandbox.waitingPush() !== undefined);
  const lines = [`authenticate --role ${DEVELOPER}`, `authenticate --role ${DEVELOPER}`, `authenticate --role ${READER}`, "get-roles"];
  const waiting = lines.map((line) => start(place, line));
  const impatient = start(place, `authenticate --role ${DEVELOPER}`);
  const silent = start(place, `authenticate --silent --role ${DEVELOPER}`);
  await until(() => [...waiting, impatient].every(waits));
  const told = `waiting for another aws-okta-processor (process ${holder.pid}) to sign in jdoe at ${sandbox.organization}\n`;
  impatient.kill("SIGINT");
  expect(await impatient.ended).toMatchObject({ stdout: "", stderr: `${told}aws-okta-processor: cancelled\n`, exitCode: 130 });
  sandbox.rejectPush();
  const refused = "aws-okta-processor: the push was rejected on the phone\n";
  expect(await holder.ended).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(refused) });
  const ends = await Promise.all(waiting.map(({ ended }) => ended));
  expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(lines.map(() => [3, `${told}${refused}`]));
  expect([await silent.ended, sandbox.count(AUTHN)]).toMatchObject([{ exitCode: 3, stderr: refused }, 1]);
  const later = start(place, `authenticate --silent --role ${DEVELOPER}`);
  await until(() => sandbox.waitingPush() !== undefined);
  sandbox.approvePush();
  expect([await later.ended, sandbox.count(AUTHN)]).toMatchObject([{ exitCode: 0, stdout: expect.stringMatching(CREDENTIALS_JSON) }, 2]);
});

test("those who wait a little load nothing of the program", async ({ enter }) => {
  const place = await enter("no-mfa", { latencyMs: 200 });
  const holder = start(place, `authenticate --silent --role ${DEVELOPER}`);
  await until(() => place.sandbox.count(AUTHN) === 1);
  const list = path.join(place.cwd, "modules.json");
  const waiting = start(place, `authenticate --silent --role ${DEVELOPER}`, { NODE_OPTIONS: RECORDING, AOP_MODULES: list });
  const [first, second] = [await holder.ended, await waiting.ended];
  expect(second).toMatchObject({ stdout: first.stdout, stderr: "", exitCode: 0 });
  const modules = JSON.parse(readFileSync(list, "utf8")) as readonly string[];
  expect(modules.map((url) => path.basename(url)).filter((name) => name.endsWith(".cjs"))).toEqual(["run.cjs", "turn.cjs"]);
});

describe("where the one who is at it is killed", () => {
  test("at a push, another goes on at once", async ({ enter }) => {
    const place = await enter("push-manual");
    const { sandbox } = place;
    const holder = start(place, `authenticate --role ${DEVELOPER}`);
    await until(() => sandbox.waitingPush() !== undefined);
    const waiting = [DEVELOPER, READER].map((role) => start(place, `authenticate --role ${role}`));
    await until(() => waiting.every(waits));
    const killedAt = Date.now();
    holder.kill("SIGKILL");
    await until(() => sandbox.count(AUTHN) === 2);
    // Half a second on a calm machine. What waits for a timer waits for thirty.
    expect(Date.now() - killedAt).toBeLessThan(15_000);
    const approving = approveAll(sandbox);
    const ends = await Promise.all(waiting.map(({ ended }) => ended));
    approving.stop();
    expect([ends.map(({ exitCode }) => exitCode), sandbox.count(AUTHN), sandbox.count(ASSUME)]).toEqual([[0, 0], 2, 2]);
  });

  test("at the question for a code, another goes on", async ({ enter }) => {
    const place = await enter("totp-only");
    const { see, pid } = await place.sit(`authenticate --role ${DEVELOPER}`, {}, "alone");
    await see("Code from Okta Verify ›");
    const factor = scenarios["totp-only"].users[0]?.factors[0];
    const code = totpCode(factor !== undefined && "secret" in factor ? factor.secret : "", new Date());
    const waiting = start(place, `authenticate --role ${DEVELOPER}`, { AWS_OKTA_FACTOR_CODE_COMMAND: `echo ${code}` });
    await until(() => waits(waiting));
    expect(place.sandbox.count(AUTHN)).toBe(1);
    process.kill(pid, "SIGKILL");
    expect([await waiting.ended, place.sandbox.count(AUTHN)]).toMatchObject([{ exitCode: 0 }, 2]);
  });

  test("at STS, another goes on with the session", async ({ enter }) => {
    const place = await enter("no-mfa", { latencyMs: 400 });
    const holder = start(place, `authenticate --role ${DEVELOPER}`);
    await until(() => place.sandbox.count(AUTHN) === 1);
    const waiting = start(place, `authenticate --role ${DEVELOPER}`);
    await until(() => place.sandbox.count(PAGE) === 1);
    await setTimeout(200);
    holder.kill("SIGKILL");
    expect([await waiting.ended, place.sandbox.count(AUTHN), place.sandbox.count(PAGE)]).toMatchObject([{ exitCode: 0 }, 1, 2]);
  });

  test.for(Array.from({ length: 6 }, (_, round) => 40 + round * 90))("%i ms after the start, the rest go on", async (ms, { enter }) => {
    const place = await enter("no-mfa", { latencyMs: 60 });
    const all = Array.from({ length: 5 }, () => start(place, `authenticate --silent --role ${DEVELOPER}`));
    const began = performance.now();
    await until(() => holderOf(place) !== undefined);
    await setTimeout(Math.max(0, ms - (performance.now() - began)));
    const killed = holderOf(place);
    if (killed !== undefined) process.kill(killed, "SIGKILL");
    const ends = await Promise.all(all.map(async ({ pid, ended }) => ({ pid, ...(await ended) })));
    const rest = ends.filter(({ pid }) => pid !== killed);
    expect(rest.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(rest.map(() => [0, ""]));
    expect(new Set(rest.map(({ stdout }) => stdout)).size).toBe(1);
    expect(place.sandbox.count(AUTHN)).toBeLessThanOrEqual(2);
    expect((await place.run(`authenticate --silent --role ${DEVELOPER}`)).stdout).toBe(rest[0]?.stdout);
    // What a dead one left is in nobody's way, and goes.
    const anew = await place.run(`authenticate --silent --no-aws-cache --role ${DEVELOPER}`);
    expect([anew.exitCode, anew.stderr, holderOf(place)]).toEqual([0, "", undefined]);
  });
});
