import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect } from "vitest";
import { inSeconds, originalCredentials, sharedFile, writePrivately } from "../support/kept.ts";
import { type LinkedPlugin, linkPlugin } from "../support/linked-plugin.ts";
import { type CommandLine, PROGRAM } from "../support/process.ts";
import { DEPLOYER, DEVELOPER, READER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";

const fileOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const WITHOUT_WARM = `--require=${fileOf("../support/without-warm.cjs")}`;
const RECORDING = `--require=${fileOf("../support/record-modules.cjs")}`;

interface Case {
  readonly line: CommandLine;
  readonly title?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** In the kept file, in place of fresh credentials. */
  readonly kept?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly plugin?: LinkedPlugin;
  /** Compared with a process, for what the program alone knows. */
  readonly process?: true;
}

const SHELL_PLUGIN: LinkedPlugin = {
  name: "my-shell",
  block: { shells: { bash: "./module.cjs" } },
  module: 'exports.shell = { render: () => "linked", unset: () => "", evaluate: "" };',
};

/** Answered by the warm path. */
const WARM: readonly Case[] = [
  { line: "authenticate" },
  { line: `authenticate --role ${DEVELOPER}` },
  { line: "authenticate --silent --user jdoe" },
  { line: "authenticate --user=jdoe -s" },
  { line: "authenticate -u jdoe -d 900 -R eu-west-1" },
  { line: "authenticate -e", process: true },
  { line: "authenticate --environment --target-shell fish" },
  { line: "authenticate --environment --target-shell PowerShell" },
  { line: "authenticate --environment --target-shell zsh" },
  { line: "authenticate --output env" },
  { line: "authenticate --output yaml" },
  { line: "authenticate --unset" },
  { line: "authenticate --unset --target-shell fish" },
  { line: "authenticate --role-suffix-delimiter /" },
  { line: ["authenticate", "--user", ""] },
  { line: "authenticate", title: "a variable that asks for the environment", env: { AWS_OKTA_ENVIRONMENT: "yes" } },
  { line: "authenticate", title: "a variable of get-roles alone", env: { AWS_OKTA_OUTPUT: "text" } },
  {
    line: "authenticate",
    title: "a dotfile that asks for the environment",
    files: { ".awsoktaprocessor": "[defaults]\nenvironment: on\n" },
  },
  { line: "authenticate", title: "an organization with a slash at its end", env: { AWS_OKTA_ORGANIZATION: "ORG/" } },
];

/** Left to the full program, whatever comes of it; nobody can be asked for a password here. */
const COLD: readonly Case[] = [
  { line: `authenticate --role ${READER}` },
  { line: `authenticate --secondary-role ${DEPLOYER}` },
  { line: "authenticate --account-alias acme-*" },
  { line: "authenticate --key mine" },
  { line: "authenticate", title: "an empty key", env: { AWS_OKTA_KEY: "" } },
  { line: "authenticate --no-aws-cache" },
  { line: "authenticate -es" },
  { line: "authenticate -ujdoe" },
  { line: "authenticate --user jdoe --user jdoe" },
  { line: "authenticate --user" },
  { line: "authenticate --user -s" },
  { line: "authenticate --silent=yes" },
  { line: "authenticate -u=jdoe" },
  { line: "authenticate --" },
  { line: "authenticate more", process: true },
  { line: "authenticate --nope" },
  { line: "authenticate --output text" },
  { line: "authenticate --help", process: true },
  { line: "authenticate --duration 1" },
  { line: "authenticate --region Ireland!" },
  { line: "authenticate --organization acme.okta.com/path" },
  { line: "authenticate --environment --target-shell nope" },
  { line: "authenticate --unset --target-shell nope" },
  { line: "authenticate --environment --output json" },
  { line: "authenticate", title: "neither yes nor no", env: { AWS_OKTA_ENVIRONMENT: "maybe" } },
  { line: "authenticate", title: "an unreadable dotfile", files: { ".awsoktaprocessor": "user = jdoe\n" } },
  {
    line: "authenticate",
    title: "a stranger's dotfile",
    env: { AWS_OKTA_SIGN_IN_URL: undefined },
    files: { "work/.awsoktaprocessor": "[defaults]\nsign-in-url = https://signin.example/saml\n" },
  },
  { line: "authenticate", title: "credentials that end soon", kept: originalCredentials(inSeconds(590)) },
  { line: "authenticate", title: "credentials without an end", kept: originalCredentials("soon") },
  { line: "authenticate", title: "a torn file", kept: originalCredentials().slice(0, 99) },
  { line: "authenticate --environment", title: "a linked plugin with a shell of that name", plugin: SHELL_PLUGIN, process: true },
  { line: "get-roles" },
  { line: "help", process: true },
  { line: "--version", process: true },
  { line: "", process: true },
];

function titleOf({ line, title }: Case): string {
  const typed = typeof line === "string" ? line : JSON.stringify(line);
  return title === undefined ? `aws-okta-processor ${typed}` : `${title} (${typed})`;
}

async function arrange(
  place: Place,
  { env = {}, kept = originalCredentials(), files = {}, plugin }: Case,
): Promise<NonNullable<Case["env"]>> {
  await writePrivately(sharedFile(place), kept);
  for (const [name, content] of Object.entries(files)) await writePrivately(path.join(place.home, name), content);
  if (plugin !== undefined) {
    await linkPlugin(place, plugin);
    const introduced = [`${plugin.name} in ${path.join(place.home, plugin.name)}`];
    await writePrivately(path.join(place.home, ".aws-okta-processor/cache/plugins.json"), JSON.stringify({ introduced }));
  }
  const organization = env["AWS_OKTA_ORGANIZATION"]?.replace("ORG", place.sandbox.organization) ?? place.sandbox.organization;
  return { ...env, AWS_OKTA_ORGANIZATION: organization, AWS_OKTA_PASS: undefined };
}

/** @returns the URLs of all modules that a run loaded, beside what it printed */
async function runRecorded(place: Place, line: CommandLine, env: NonNullable<Case["env"]>) {
  const list = path.join(place.home, "modules.json");
  const ran = await place.run(line, { ...env, NODE_OPTIONS: RECORDING, AOP_MODULES: list });
  const modules = JSON.parse(await readFile(list, "utf8")) as readonly string[];
  return { ran, modules: modules.map((url) => path.relative(path.dirname(PROGRAM), url.replace("file://", ""))) };
}

describe("a cached answer is the full program's, byte for byte", () => {
  for (const [cases, isWarm] of [
    [WARM, true],
    [COLD, false],
  ] as const) {
    for (const given of cases) {
      test.concurrent(`${isWarm ? "warm" : "cold"}: ${titleOf(given)}`, async ({ enter }) => {
        const place = await enter("no-mfa");
        const env = await arrange(place, given);
        const { ran, modules } = await runRecorded(place, given.line, env);
        const full = given.process ? place.run(given.line, { ...env, NODE_OPTIONS: WITHOUT_WARM }) : place.perform(given.line, env);
        expect(ran).toEqual(await full);
        expect(modules.includes("program/program.cjs")).toBe(!isWarm);
        expect(place.sandbox.count()).toBe(0);
      });
    }
  }
});

test.concurrent("the cached answer loads the program's first file and two builtins, and nothing else", async ({ enter }) => {
  const place = await enter("no-mfa");
  const { ran, modules } = await runRecorded(place, "authenticate", await arrange(place, { line: "authenticate" }));
  expect(ran).toMatchObject({ stderr: "", exitCode: 0 });
  expect(modules.toSorted()).toEqual(["../node:fs", "../node:path", "run.cjs"]);
});

test.concurrent("another output loads one file beside them, its own", async ({ enter }) => {
  const place = await enter("no-mfa");
  for (const [line, file] of [
    ["authenticate --environment --target-shell fish", "warm/shell-fish-fish.cjs"],
    ["authenticate --output yaml", "warm/format-yaml-yaml.cjs"],
    ["authenticate --unset --target-shell fish", "warm/shell-fish-fish.cjs"],
  ] as const) {
    const { modules } = await runRecorded(place, line, await arrange(place, { line }));
    expect(modules.toSorted()).toEqual(["../node:fs", "../node:path", "run.cjs", file]);
  }
});

test.concurrent("a linked package's shell prints what is kept", async ({ enter }) => {
  const place = await enter("no-mfa");
  const env = await arrange(place, { line: "authenticate", plugin: SHELL_PLUGIN });
  expect(await place.run("authenticate --environment", env)).toEqual({
    stdout: "linked\n",
    stderr: "bash comes from the linked package my-shell\n",
    exitCode: 0,
  });
});
