import { expect } from "vitest";
import { isInstalled, nameOf, realShell } from "../plugins/real-shells.ts";
import { PROGRAM, runWithoutTerminal } from "../support/process.ts";
import { DEVELOPER } from "../support/sample.ts";
import { test } from "../support/sandbox-home.ts";

const LINE = `authenticate --silent --role ${DEVELOPER}`;
const SECRETS = String.raw`'[A-Z2-7]{20}'|'[\w+/=]{40,}'|'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'`;

/** The only thing that differs from run to run is between quotes. */
function shape(line: string): string {
  return line.replaceAll(new RegExp(SECRETS, "g"), "'…'");
}

test.concurrent.for([
  [
    "bash",
    "export AWS_ACCESS_KEY_ID='…' && export AWS_SECRET_ACCESS_KEY='…' && export AWS_SESSION_TOKEN='…' && export AWS_CREDENTIAL_EXPIRATION='…'\n",
  ],
  [
    "fish",
    "set --export AWS_ACCESS_KEY_ID '…'; and set --export AWS_SECRET_ACCESS_KEY '…'; and set --export AWS_SESSION_TOKEN '…'; and set --export AWS_CREDENTIAL_EXPIRATION '…';\n",
  ],
  [
    "powershell",
    "$env:AWS_ACCESS_KEY_ID='…'; $env:AWS_SECRET_ACCESS_KEY='…'; $env:AWS_SESSION_TOKEN='…'; $env:AWS_CREDENTIAL_EXPIRATION='…'\n",
  ],
] as const)("%s gets the original's bytes, the first time and from the cache", async ([shell, bytes], { enter }) => {
  const { run } = await enter("no-mfa");
  const first = await run(`${LINE} --environment --target-shell ${shell}`);
  const second = await run(`${LINE} --environment --target-shell ${shell}`);
  expect({ ...first, stdout: shape(first.stdout) }).toEqual({ stdout: bytes, stderr: "", exitCode: 0 });
  expect(second).toEqual(first);
});

/** One of each family, and what it says of itself. */
const LINES = [
  ["bash", 'eval "$(…)"'],
  ["sh", 'eval "$(…)"'],
  ["zsh", 'eval "$(…)"'],
  ["fish", "… | source"],
  ["tcsh", 'eval "`…`"'],
  ["csh", 'eval "`…`"'],
  ["nu", "… | from json | load-env"],
  ["elvish", "eval (… | slurp)"],
  ["xonsh", 'import shlex, subprocess; execx(subprocess.check_output(shlex.split("…"), text=True))'],
] as const;

for (const [name, evaluate] of LINES) {
  const shell = realShell(name);
  test.concurrent(`${nameOf(shell)} evaluates the lines to the credentials that the JSON holds`, { skip: !isInstalled(shell) }, async ({
    enter,
  }) => {
    const { run, env, cwd } = await enter("no-mfa");
    const evaluated = (targetShell: string) => {
      const line = `${process.execPath} ${PROGRAM} ${LINE} --environment --target-shell ${targetShell}`;
      return runWithoutTerminal([...shell.command, shell.script([evaluate.replace("…", line)])], { env, cwd });
    };
    // Which shell calls is found out by the full program and, from the cache, by the short cut.
    const [first, kept, named] = [await evaluated("auto"), await evaluated("auto"), await evaluated(name)];
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse((await run(LINE)).stdout) as Readonly<
      Record<string, string>
    >;
    const variables = {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
      AWS_CREDENTIAL_EXPIRATION: Expiration,
    };
    for (const { stdout, stderr } of [first, kept, named])
      expect([Object.fromEntries(stdout.split("\0").filter(isCredential).map(splitPair)), stderr]).toEqual([variables, ""]);
  });

  test.concurrent(`${nameOf(shell)} forgets them by the lines of --unset`, { skip: !isInstalled(shell) }, async ({ enter }) => {
    const { env, cwd } = await enter("no-mfa");
    const line = `${process.execPath} ${PROGRAM} authenticate --unset --target-shell auto`;
    const before = { ...env, AWS_ACCESS_KEY_ID: "A", AWS_SECRET_ACCESS_KEY: "S", AWS_CREDENTIAL_EXPIRATION: "E", AWS_REGION: "R" };
    const ran = await runWithoutTerminal([...shell.command, shell.script([evaluate.replace("…", line)])], { env: before, cwd });
    expect([ran.stdout.split("\0").filter((variable) => /^AWS_[ASCR]/.test(variable)), ran.stderr]).toEqual([["AWS_REGION=R"], ""]);
  });
}

function isCredential(variable: string): boolean {
  return /^AWS_[ASC]/.test(variable);
}

function splitPair(line: string): readonly [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
