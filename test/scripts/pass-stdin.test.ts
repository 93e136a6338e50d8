import { totpCode } from "@aws-okta-processor/sandbox";
import { expect } from "vitest";
import { PROGRAM, type Ran, runWithoutTerminal } from "../support/process.ts";
import { ENTER } from "../support/pty.ts";
import { CREDENTIALS_JSON, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const WARNING = "warning: others on this machine can see the password in --pass; --password-command and --pass-stdin hide it\n";
const LINE = `authenticate --silent --role ${DEVELOPER}`;
const SIGNED_IN = { stdout: expect.stringMatching(CREDENTIALS_JSON), stderr: "", exitCode: 0 };
const NO_PASSWORD = { AWS_OKTA_PASS: undefined };

/** A line of the shell in which `aop` is the program. */
function shell(line: string): readonly string[] {
  return ["sh", "-c", `aop() { '${process.execPath}' '${PROGRAM}' "$@"; }; ${line}`];
}

/** Runs it for somebody who has no other password. */
function runShell({ env, cwd }: Place, line: string): Promise<Ran> {
  const { AWS_OKTA_PASS: _, ...rest } = env;
  return runWithoutTerminal(shell(line), { env: rest, cwd });
}

test.concurrent("a password in the command line works as before, and is warned of once", async ({ enter }) => {
  const { run } = await enter("no-mfa");
  const typed = ["authenticate", "--role", DEVELOPER, "--pass", "correct horse"];
  const first = await run(typed, NO_PASSWORD);
  expect(first).toEqual({ ...SIGNED_IN, stderr: `${WARNING}Role: ${DEVELOPER}\n` });
  expect(await run(typed, NO_PASSWORD), "where the answer is kept").toEqual({ ...first, stderr: "" });
  const inSilence = [...typed, "--silent", "--no-okta-cache", "--no-aws-cache"];
  expect(await run(inSilence, NO_PASSWORD), "in silence").toEqual(SIGNED_IN);
});

test.concurrent("the password is the first line of standard input", async ({ enter }) => {
  const ways = ["printf 'correct horse' |", "printf 'correct horse\\r\\nmore\\n' |", "echo 'correct horse' >file; <file"];
  for (const way of ways) expect(await runShell(await enter("no-mfa"), `${way} aop ${LINE} --pass-stdin`), way).toEqual(SIGNED_IN);
});

test.concurrent("a password on standard input counts before one in a variable", async ({ enter }) => {
  const { env, cwd } = await enter("no-mfa");
  const line = `echo 'correct horse' | AWS_OKTA_PASS=wrong aop ${LINE} --pass-stdin`;
  expect(await runWithoutTerminal(shell(line), { env, cwd })).toEqual(SIGNED_IN);
});

test.concurrent("a code is asked for at the terminal though the password came from standard input", async ({ enter }) => {
  const { sitAt } = await enter("totp-only");
  const { see, type, end } = await sitAt(shell(`echo 'correct horse' | aop ${LINE} --pass-stdin`), NO_PASSWORD);
  await see("Code from Okta Verify ›");
  type(`${totpCode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", new Date())}${ENTER}`);
  expect(await end()).toMatchObject(SIGNED_IN);
});

test.concurrent("what is kept leaves standard input alone", async ({ enter }) => {
  const place = await enter("no-mfa");
  await place.run(LINE);
  for (const options of ["", "--no-aws-cache"]) {
    const { stdout } = await runShell(place, `echo rest | { aop ${LINE} --pass-stdin ${options}; cat; }`);
    expect(stdout, options).toMatch(/^\{"AccessKeyId".*\}\nrest\n$/);
  }
});

test.concurrent("standard input without a password is an error, and Okta is not asked", async ({ enter }) => {
  const place = await enter("no-mfa");
  const failed = {
    stdout: "",
    stderr:
      "aws-okta-processor: standard input holds no password (--pass-stdin)\npipe the password in, or leave --pass-stdin out to be asked for it\n",
    exitCode: 2,
  };
  for (const way of ["</dev/null", "<&-", "<."]) expect(await runShell(place, `aop ${LINE} --pass-stdin ${way}`), way).toEqual(failed);
  expect(await runShell(place, `echo | aop ${LINE} --pass-stdin`)).toEqual(failed);
  expect(place.sandbox.count()).toBe(0);
});

test.concurrent("a terminal as standard input is an error, for it would show what is typed", async ({ enter }) => {
  const { sit } = await enter("no-mfa");
  const { see, end } = await sit(`${LINE} --pass-stdin`, NO_PASSWORD, "on a screen");
  await see("aws-okta-processor: standard input is a terminal (--pass-stdin)\n");
  expect((await end()).exitCode).toBe(2);
});
