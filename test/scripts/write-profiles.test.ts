import { spawnSync } from "node:child_process";
import { lstat, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import { AWS_CLI } from "../support/aws-cli.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { withoutFactors } from "../support/scenario.ts";

const FOREIGN = `# mine
[default]
region = us-east-1
output = json   ; not a comment to everybody

[profile work]
credential_process = aws-okta-processor authenticate --user jdoe --organization acme.okta.com
s3 =
  max_concurrent_requests = 5
`;

const SCENE = withoutFactors("default");
const ACCOUNT = "--account-alias acme-prod";
const LINE = `get-roles --silent --output profiles --write`;

async function givenConfig({ home }: Place, text = FOREIGN): Promise<string> {
  const file = path.join(home, ".aws", "config");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const profile = ({ sandbox }: Place, name: string, role: string): string =>
  `[profile ${name}]
credential_process = aws-okta-processor authenticate --organization="${sandbox.organization}" --user="jdoe" --application="${sandbox.applicationUrl()}" --role="${role}" --key="acme-prod-${role}"
`;

const developer = (place: Place) => profile(place, "acme-prod-developer", "arn:aws:iam::444455556666:role/Developer");
const reader = (place: Place) => profile(place, "acme-prod-readonly", "arn:aws:iam::444455556666:role/ReadOnly");

test.concurrent("profiles are merged into the config file, behind what is there, and standard output stays empty", async ({ enter }) => {
  const place = await enter(SCENE);
  const file = await givenConfig(place);
  expect(await place.run(`${LINE} --yes ${ACCOUNT}`)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
  expect(await readFile(file, "utf8")).toBe(`${FOREIGN}\n${developer(place)}\n${reader(place)}`);
  expect(await readFile(`${file}.before-aws-okta-processor`, "utf8")).toBe(FOREIGN);
  const again = await place.perform(`get-roles --output profiles --write --yes ${ACCOUNT}`);
  expect(again).toEqual({ stdout: "", stderr: `${file}: 2 profiles unchanged\n`, exitCode: 0 });
});

test.concurrent("a person sees what would change, and says yes or no", async ({ enter }) => {
  const place = await enter(SCENE);
  const file = await givenConfig(place);
  const refused = await place.sit(`${LINE} ${ACCOUNT}`);
  await refused.see(`Write these changes to ${file} (2 profiles added)? (y/N)`);
  expect(refused.shown()).toContain("+[profile acme-prod-developer]");
  refused.type("n\r");
  expect(await refused.end()).toMatchObject({ stdout: "", stderr: "aws-okta-processor: nothing was written\n", exitCode: 130 });
  expect(await readFile(file, "utf8")).toBe(FOREIGN);
  const agreed = await place.sit(`get-roles --output profiles --write ${ACCOUNT}`);
  await agreed.see("(y/N)");
  agreed.type("y\r");
  expect(await agreed.end()).toMatchObject({ stdout: "", stderr: "", exitCode: 0 });
  expect(agreed.shown()).toContain(`${file}: 2 profiles added`);
  expect(await readFile(file, "utf8")).toBe(`${FOREIGN}\n${developer(place)}\n${reader(place)}`);
});

test.concurrent("without a terminal and without --yes what would change is shown, and nothing is written", async ({ enter }) => {
  const place = await enter(SCENE);
  const file = await givenConfig(place);
  const { stdout, stderr, exitCode } = await place.perform(`get-roles --output profiles --write ${ACCOUNT}`);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain("+[profile acme-prod-readonly]\n");
  expect(stderr).toMatch(/there is no terminal to ask for: Write these changes to .*\ngive --yes to write without being asked\n$/);
  expect(await readFile(file, "utf8")).toBe(FOREIGN);
});

test.concurrent("a role that is no longer given is told, and removed on --prune", async ({ enter }) => {
  const place = await enter(SCENE);
  const gone = profile(place, "old", "arn:aws:iam::444455556666:role/Gone");
  const file = await givenConfig(place, `${gone}\n# stays\n[default]\n`);
  const told = await place.perform("get-roles --output profiles --write --yes");
  expect(told.stderr).toContain("no longer given: [profile old]\n");
  expect(told.stderr).toContain(`${file}: 7 profiles added, 1 no longer given (remove with --prune)\n`);
  expect(await readFile(file, "utf8")).toContain(gone);
  const pruned = await place.perform("get-roles --output profiles --write --yes --prune");
  expect(pruned.stderr).toContain(`-[profile old]\n`);
  expect(await readFile(file, "utf8")).toMatch(/^# stays\n\[default\]\n\n\[profile acme-dev-/);
});

test.concurrent("a filter takes nothing away: what it leaves out is not gone, and --prune is refused", async ({ enter }) => {
  const place = await enter(SCENE);
  const file = await givenConfig(place, profile(place, "old", "arn:aws:iam::444455556666:role/Gone"));
  expect((await place.perform(`get-roles --output profiles --write --yes ${ACCOUNT}`)).stderr).toContain(`${file}: 2 profiles added\n`);
  expect(await place.perform(`${LINE} --yes --prune`, { AWS_OKTA_ROLE: "Dev*" })).toEqual({
    stdout: "",
    stderr: "aws-okta-processor: --prune would remove what AWS_OKTA_ROLE leaves out\nleave --prune out, or AWS_OKTA_ROLE\n",
    exitCode: 2,
  });
});

test.concurrent("names, region and file are the person's; a link stays a link", async ({ enter }) => {
  const place = await enter(SCENE);
  const real = path.join(place.home, "dotfiles-config");
  await writeFile(real, "");
  await symlink(real, path.join(place.home, "aws-config"));
  const options = ["--profile-name", "{role_name}.{account_id}", "--profile-region", "eu-west-1", "--write=~/aws-config", "--yes"];
  const { stderr } = await place.perform(["get-roles", "--output", "profiles", "--role", "acme-prod/ReadOnly", ...options]);
  expect(stderr).toContain(`${path.join(place.home, "aws-config")}: 1 profile added\n`);
  expect(await readFile(real, "utf8")).toBe(
    `${profile(place, "ReadOnly.444455556666", "arn:aws:iam::444455556666:role/ReadOnly")}region = eu-west-1\n`,
  );
  expect((await lstat(path.join(place.home, "aws-config"))).isSymbolicLink()).toBe(true);
});

test.concurrent("AWS_CONFIG_FILE says where the config file is, and a file called credentials has its own style", async ({ enter }) => {
  const place = await enter(SCENE);
  const own = path.join(place.home, "own");
  await place.perform(`${LINE} --yes ${ACCOUNT}`, { AWS_CONFIG_FILE: own });
  expect(await readFile(own, "utf8")).toBe(`${developer(place)}\n${reader(place)}`);
  await place.perform(`${LINE} ${place.home}/new/credentials --yes ${ACCOUNT}`);
  expect(await readFile(path.join(place.home, "new", "credentials"), "utf8")).toMatch(/^\[acme-prod-developer\]\n/);
});

test.concurrent.for([
  ["get-roles --write --yes", "the format json makes no profiles that could be written\ngive --output profiles with --write\n"],
  ["get-roles --output text --write", "the format text makes no profiles that could be written\ngive --output profiles with --write\n"],
  ["get-roles --output profiles --prune", "--prune is for what --write writes\nadd --write, or leave --prune out\n"],
] as const)("%s is refused before anything is sent", async ([line, says], { enter }) => {
  const { perform, sandbox } = await enter(SCENE);
  expect(await perform(line)).toEqual({ stdout: "", stderr: `aws-okta-processor: ${says}`, exitCode: 2 });
  expect(sandbox.count()).toBe(0);
});

test.concurrent(`the AWS CLI reads what was written, and what was there${AWS_CLI === undefined ? " (aws is not installed)" : ""}`, {
  skip: AWS_CLI === undefined,
}, async ({ enter }) => {
  const place = await enter(SCENE);
  const file = await givenConfig(place);
  await place.perform(`${LINE} --yes ${ACCOUNT} --profile-region eu-west-1`);
  const get = (key: string, name: string) =>
    spawnSync(AWS_CLI ?? "", ["configure", "get", key, "--profile", name], {
      env: { ...process.env, AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: "/nonexistent" },
      encoding: "utf8",
    }).stdout.trim();
  expect([get("region", "acme-prod-developer"), get("region", "default")]).toEqual(["eu-west-1", "us-east-1"]);
  expect(get("credential_process", "acme-prod-readonly")).toContain('--role="arn:aws:iam::444455556666:role/ReadOnly"');
});
