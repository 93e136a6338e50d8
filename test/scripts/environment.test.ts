import { expect } from "vitest";
import { isInstalled } from "../plugins/real-shell.ts";
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

for (const { shell, evaluate, options } of [
  { shell: "bash", evaluate: (line: string) => `eval "$(${line})"`, options: ["--norc", "-c"] },
  { shell: "sh", evaluate: (line: string) => `eval "$(${line})"`, options: ["-c"] },
  { shell: "zsh", evaluate: (line: string) => `eval "$(${line})"`, options: ["-f", "-c"] },
  { shell: "fish", evaluate: (line: string) => `${line} | source`, options: ["--no-config", "-c"] },
]) {
  const title = isInstalled(shell) ? shell : `${shell} (not installed)`;
  test.concurrent(`${title} evaluates the lines to the credentials that the JSON holds`, { skip: !isInstalled(shell) }, async ({
    enter,
  }) => {
    const { run, env, cwd } = await enter("no-mfa");
    const line = `${process.execPath} ${PROGRAM} ${LINE} --environment --target-shell ${shell}`;
    const script = `${evaluate(line)}; env | grep '^AWS_[ASC]'`;
    const { stdout, stderr } = await runWithoutTerminal([shell, ...options, script], { env, cwd });
    const { stdout: json } = await run(LINE);
    const kept = JSON.parse(json) as Record<string, unknown>;
    expect(stderr).toBe("");
    expect(Object.fromEntries(stdout.trim().split("\n").map(splitPair))).toEqual({
      AWS_ACCESS_KEY_ID: kept["AccessKeyId"],
      AWS_SECRET_ACCESS_KEY: kept["SecretAccessKey"],
      AWS_SESSION_TOKEN: kept["SessionToken"],
      AWS_CREDENTIAL_EXPIRATION: kept["Expiration"],
    });
  });
}

for (const { shell, options } of [
  { shell: "bash", options: ["--norc", "-c"] },
  { shell: "zsh", options: ["-f", "-c"] },
  { shell: "fish", options: ["--no-config", "-c"] },
]) {
  const title = isInstalled(shell) ? shell : `${shell} (not installed)`;
  test.concurrent(`auto is ${title} where that calls, the first time, from the cache and to remove`, { skip: !isInstalled(shell) }, async ({
    enter,
  }) => {
    const { run, env, cwd } = await enter("no-mfa");
    // Two commands, so that the program does not take the shell's place.
    const calling = (line: string) => runWithoutTerminal([shell, ...options, `${process.execPath} ${PROGRAM} ${line}; true`], { env, cwd });
    const first = await calling(`${LINE} --environment --target-shell auto`);
    expect(first).toMatchObject({ stderr: "", exitCode: 0 });
    expect(await calling(`${LINE} --environment --target-shell auto`)).toEqual(first);
    expect(await run(`${LINE} --environment --target-shell ${shell}`)).toEqual(first);
    expect(await calling("authenticate --unset --target-shell auto")).toEqual(await run(`authenticate --unset --target-shell ${shell}`));
  });
}

function splitPair(line: string): readonly [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
