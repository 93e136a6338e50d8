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
  ["xonsh", "execx($(…))"],
] as const;

for (const [name, evaluate] of LINES) {
  const shell = realShell(name);
  test.concurrent(`${nameOf(shell)} evaluates the lines to the credentials that the JSON holds`, { skip: !isInstalled(shell) }, async ({
    enter,
  }) => {
    const { run, env, cwd } = await enter("no-mfa");
    const line = `${process.execPath} ${PROGRAM} ${LINE} --environment --target-shell ${name}`;
    const script = shell.script([evaluate.replace("…", line)]);
    const { stdout, stderr } = await runWithoutTerminal([...shell.command, script], { env, cwd });
    const { stdout: json } = await run(LINE);
    const kept = JSON.parse(json) as Record<string, unknown>;
    expect(stderr).toBe("");
    expect(Object.fromEntries(stdout.split("\0").filter(isCredential).map(splitPair))).toEqual({
      AWS_ACCESS_KEY_ID: kept["AccessKeyId"],
      AWS_SECRET_ACCESS_KEY: kept["SecretAccessKey"],
      AWS_SESSION_TOKEN: kept["SessionToken"],
      AWS_CREDENTIAL_EXPIRATION: kept["Expiration"],
    });
  });
}

function isCredential(variable: string): boolean {
  return /^AWS_[ASC]/.test(variable);
}

function splitPair(line: string): readonly [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
