import { expect } from "vitest";
import { callsOf } from "../support/calls.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { ADMINISTRATOR, CREDENTIALS_JSON, DEPLOYER, DEVELOPER, READER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";
import { pushed, withFactors, withoutFactors } from "../support/scenario.ts";

const WAITING = "waiting for you to approve the Okta Verify push on your phone\n";

test.concurrent("a push that is approved gives the credentials, and what only informs goes to stderr where there is no terminal", async ({
  enter,
}) => {
  const { sandbox, run } = await enter();
  const ran = await run(`authenticate --factor push:okta --role ${DEVELOPER}`);
  expect(ran).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: `${WAITING}Role: ${DEVELOPER}\n`, exitCode: 0 });
  expect(callsOf(sandbox)).toEqual([
    "POST /api/v1/authn",
    "POST /api/v1/authn/factors/*/verify",
    "POST /api/v1/authn/factors/*/verify",
    "POST /api/v1/authn/factors/*/verify",
    "POST /api/v1/sessions",
    "GET /api/v1/users/me/appLinks",
    "GET /home/amazon_aws/*/272",
    "sts AssumeRoleWithSAML",
  ]);
});

test.concurrent("the second run prints the same bytes and asks nobody", async ({ enter }) => {
  const { sandbox, run } = await enter("no-mfa");
  const first = await run(`authenticate --role ${DEVELOPER}`);
  const calls = sandbox.count();
  const second = await run(`authenticate --role ${DEVELOPER}`);
  expect(second).toEqual({ stdout: first.stdout, stderr: "", exitCode: 0 });
  expect(sandbox.count()).toBe(calls);
});

test.concurrent("an application and a role that are named are not looked up", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  const ran = await perform(`authenticate --application ${sandbox.applicationUrl()} --role ${READER}`);
  expect(ran).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: `Role: ${READER}\n`, exitCode: 0 });
  expect(callsOf(sandbox)).toEqual(["POST /api/v1/authn", "POST /api/v1/sessions", "GET /home/amazon_aws/*/272", "sts AssumeRoleWithSAML"]);
});

test.concurrent("the only role needs neither a choice nor the sign-in page", async ({ enter }) => {
  const { sandbox, perform } = await enter(withoutFactors("single-role"));
  const ran = await perform("authenticate");
  expect(ran).toMatchObject({ stderr: `Role: ${DEVELOPER}\n`, exitCode: 0 });
  expect(sandbox.count("sign-in")).toBe(0);
});

test.concurrent("a secondary role is assumed from the first", async ({ enter }) => {
  const { sandbox, perform } = await enter("no-mfa");
  const ran = await perform(`authenticate --role ${DEVELOPER} --secondary-role ${DEPLOYER}`);
  expect(ran).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: `Role: ${DEVELOPER}\nAssuming secondary role ${DEPLOYER}\n`,
    exitCode: 0,
  });
  expect(callsOf(sandbox).slice(-2)).toEqual(["sts AssumeRoleWithSAML", "sts AssumeRole"]);
});

test.concurrent("the duration that was asked for is the one that is given", async ({ enter }) => {
  const { perform } = await enter("no-mfa");
  const before = Date.now();
  const { stdout } = await perform(`authenticate --role ${ADMINISTRATOR} --duration 12h`);
  const lasts = Date.parse(/"Expiration": "([^"]+)"/.exec(stdout)?.[1] ?? "") - before;
  expect(lasts / 3_600_000).toBeCloseTo(12, 1);
});

test.concurrent("an application link that leads on inside the organization is followed", async ({ enter }) => {
  const { sandbox, perform } = await enter(withoutFactors("app-redirect"));
  const ran = await perform(`authenticate --silent --role ${DEVELOPER}`);
  expect(ran).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
  expect(callsOf(sandbox).at(-2)).toBe("GET /app/amazon_aws/*/sso/saml");
});

test.concurrent("a role in GovCloud is assumed as one in any partition", async ({ enter }) => {
  const { perform } = await enter(withoutFactors("govcloud"));
  const ran = await perform("authenticate --role arn:aws-us-gov:iam::123123123123:role/ReadOnly");
  expect(ran).toMatchObject({ stdout: expect.stringMatching(CREDENTIALS_JSON), exitCode: 0 });
});

test.concurrent("role values that name the role before the provider are the same", async ({ enter }) => {
  const { perform } = await enter(withoutFactors("role-first"));
  expect(await perform(`authenticate --silent --role ${DEVELOPER}`)).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: "",
    exitCode: 0,
  });
});

test.concurrent("the program starts by its own name, as an installed command does", async ({ enter }) => {
  const { env, cwd } = await enter("no-mfa");
  const ran = await runWithoutTerminal([PROGRAM, "authenticate", "--role", DEVELOPER, "--silent"], { env, cwd });
  expect(ran).toEqual({ stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 });
});

test.concurrent("silence stops what only informs, without a terminal too", async ({ enter }) => {
  const { run } = await enter(withFactors("default", pushed("SUCCESS")));
  expect(await run(`authenticate --silent --role ${DEVELOPER}`)).toEqual({
    stdout: expect.stringMatching(CREDENTIALS_JSON),
    stderr: "",
    exitCode: 0,
  });
});
