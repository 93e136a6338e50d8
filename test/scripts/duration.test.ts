import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEPLOYER, DEVELOPER, READER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

/** How long credentials last that were just printed, in minutes. */
function minutesOf(stdout: string): number {
  return Math.round((Date.parse(/"Expiration": "([^"]+)"/.exec(stdout)?.[1] ?? "") - Date.now()) / 60_000);
}

test.concurrent("above the role's maximum, AWS is asked again with what every role allows, and one line tells it", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa");
  const ran = await run(`authenticate --role ${DEVELOPER} --duration 12h`);
  expect(ran).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: `Role: ${DEVELOPER}\nThis role does not last 43200 seconds; it is assumed for 3600.\n`,
    exitCode: 0,
  });
  expect([minutesOf(ran.stdout), sandbox.count("sts AssumeRoleWithSAML"), sandbox.count("sts")]).toEqual([60, 2, 2]);
});

test.concurrent("in silence it is done without a word, and the next run is answered from the cache", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa");
  const line = `authenticate --silent --role ${READER} --duration 2h`;
  const first = await run(line);
  expect(first).toMatchObject({ stderr: "", exitCode: 0 });
  const calls = sandbox.count();
  expect([await run(line), sandbox.count()]).toEqual([first, calls]);
});

test.concurrent("what the role allows is asked for once", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  const { stdout, stderr } = await perform(`authenticate --role ${DEVELOPER} --duration 4h`);
  expect([minutesOf(stdout), stderr, sandbox.count("sts")]).toEqual([240, `Role: ${DEVELOPER}\n`, 1]);
});

test.concurrent.for([
  ["900", 15],
  ["90m", 90],
  ["12H", 720],
] as const)("a duration of %s lasts %i minutes", async ([duration, minutes], { enter }) => {
  const { perform } = await enter("no-mfa");
  const { stdout, stderr } = await perform(`authenticate --silent --role ${ADMINISTRATOR} --duration ${duration}`);
  expect([minutesOf(stdout), stderr]).toEqual([minutes, ""]);
});

test.concurrent("a role that is assumed from a role lasts an hour, and one line tells it", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  const { stdout, stderr } = await perform(`authenticate --role ${DEVELOPER} --secondary-role ${DEPLOYER} --duration 12h`);
  expect(stderr).toBe(
    `Role: ${DEVELOPER}\nAssuming secondary role ${DEPLOYER}\nA role assumed from a role lasts 3600 seconds at most, not 43200.\n`,
  );
  expect([minutesOf(stdout), callsOf(sandbox).slice(-2), sandbox.count("sts")]).toEqual([
    60,
    ["sts AssumeRoleWithSAML", "sts AssumeRole"],
    2,
  ]);
});

test.concurrent("a shorter one is what it was asked for, without a line", async ({ enter }) => {
  const { perform } = await enter("no-mfa");
  const { stdout, stderr } = await perform(`authenticate --role ${DEVELOPER} --secondary-role ${DEPLOYER} --duration 30m`);
  expect([minutesOf(stdout), stderr]).toEqual([30, `Role: ${DEVELOPER}\nAssuming secondary role ${DEPLOYER}\n`]);
});
