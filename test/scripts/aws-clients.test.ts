import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { AWS_CLI, awsCommand } from "../support/aws-cli.ts";
import { callsOf } from "../support/calls.ts";
import { DEVELOPER_SESSION, writePrivately } from "../support/kept.ts";
import { type CommandLine, PROGRAM, type Ran, runWithoutTerminal } from "../support/process.ts";
import { ENTER } from "../support/pty.ts";
import { DEPLOYER, DEVELOPER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const WHO_AM_I = fileURLToPath(new URL("../support/who-am-i.js", import.meta.url));
const DEPLOYER_SESSION = "arn:aws:sts::444455556666:assumed-role/Deployer/jdoe";
const IDENTITY = "sts get-caller-identity --query Arn --profile okta";

const cli = AWS_CLI === undefined ? { skip: true, name: "the AWS CLI (not installed)" } : { skip: false, name: "the AWS CLI" };

async function configure({ home }: Place, options: string): Promise<void> {
  const command = `${process.execPath} ${PROGRAM} authenticate ${options}`;
  await writePrivately(path.join(home, ".aws/config"), `[profile okta]\ncredential_process = ${command}\n`);
}

function aws(place: Place, line: CommandLine, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runWithoutTerminal(awsCommand(place, line), { env: { ...place.env, ...env }, cwd: place.cwd });
}

test.concurrent(
  `${cli.name} takes credentials through a profile, and the second time without a request to Okta`,
  cli,
  async ({ enter }) => {
    const place = await enter("no-mfa");
    await configure(place, `--role ${DEVELOPER}`);
    expect(await aws(place, IDENTITY)).toEqual({ stdout: `${DEVELOPER_SESSION}\n`, stderr: "", exitCode: 0 });
    const calls = place.sandbox.count();
    expect(await aws(place, IDENTITY)).toMatchObject({ stdout: `${DEVELOPER_SESSION}\n` });
    expect(callsOf(place.sandbox, calls)).toEqual(["sts GetCallerIdentity"]);
  },
);

test.concurrent(`${cli.name} is the secondary role where one is named`, cli, async ({ enter }) => {
  const place = await enter("no-mfa");
  await configure(place, `--role ${DEVELOPER} --secondary-role ${DEPLOYER}`);
  expect(await aws(place, IDENTITY)).toEqual({ stdout: `${DEPLOYER_SESSION}\n`, stderr: "", exitCode: 0 });
});

test.concurrent(`${cli.name} takes the profiles that get-roles prints`, cli, async ({ enter }) => {
  const place = await enter("no-mfa");
  const { stdout } = await place.run("get-roles --output profiles");
  await writePrivately(path.join(place.home, ".aws/credentials"), stdout);
  await mkdir(path.join(place.home, "bin"));
  await symlink(PROGRAM, path.join(place.home, "bin/aws-okta-processor"));
  const PATH = [path.join(place.home, "bin"), place.env["PATH"]].join(path.delimiter);
  const ran = await aws(place, "sts get-caller-identity --query Arn --profile acme-prod-readonly", { PATH });
  expect(ran).toEqual({ stdout: "arn:aws:sts::444455556666:assumed-role/ReadOnly/jdoe@example.com\n", stderr: "", exitCode: 0 });
});

test.concurrent(`${cli.name} shows what went wrong`, cli, async ({ enter }) => {
  const place = await enter("no-mfa");
  await configure(place, `--role ${DEVELOPER}`);
  const { stdout, stderr, exitCode } = await aws(place, IDENTITY, { AWS_OKTA_PASS: "wrong" });
  expect(stdout).toBe("");
  expect(stderr).toContain(`aws-okta-processor: ${place.sandbox.organization} refused the sign-in of jdoe: Authentication failed\n`);
  expect(exitCode).not.toBe(0);
});

test.concurrent(
  `${cli.name} lets the password be asked for at the terminal, for it reads stdout and stderr itself`,
  cli,
  async ({ enter }) => {
    const place = await enter("no-mfa");
    await configure(place, `--role ${DEVELOPER}`);
    const { see, type, end } = await place.sitAt(awsCommand(place, IDENTITY), { AWS_OKTA_PASS: undefined });
    await see("Password of jdoe");
    type(`correct horse${ENTER}`);
    await see(`Role: ${DEVELOPER}\n`);
    const ended = await end();
    expect(ended).toMatchObject({ stdout: `${DEVELOPER_SESSION}\n`, stderr: "", exitCode: 0 });
    expect(ended.settings.after).toBe(ended.settings.before);
  },
);

test.concurrent(`${cli.name} works over TLS`, cli, async ({ enter }) => {
  const place = await enter("no-mfa", { tls: true });
  await configure(place, `--role ${DEVELOPER}`);
  expect(await aws(place, IDENTITY)).toEqual({ stdout: `${DEVELOPER_SESSION}\n`, stderr: "", exitCode: 0 });
});

test.concurrent.for(["fromProcess", "fromIni"])(
  "the AWS SDK for JavaScript takes credentials through a profile: %s",
  async (provider, { enter }) => {
    const place = await enter("no-mfa");
    await configure(place, `--silent --role ${DEVELOPER} --secondary-role ${DEPLOYER}`);
    const whoAmI = () => runWithoutTerminal([process.execPath, WHO_AM_I, provider, "okta"], { env: place.env, cwd: place.cwd });
    expect(await whoAmI()).toEqual({ stdout: `${DEPLOYER_SESSION}\n`, stderr: "", exitCode: 0 });
    const calls = place.sandbox.count();
    expect(await whoAmI()).toMatchObject({ stdout: `${DEPLOYER_SESSION}\n` });
    expect(callsOf(place.sandbox, calls)).toEqual(["sts GetCallerIdentity"]);
  },
);
