import { cp, mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Scenario, scenarios } from "@aws-okta-processor/sandbox";
import { type CommandName, holdsIn } from "../../src/options/option-row.ts";
import { type NamedRow, OPTIONS, type OptionName } from "../../src/options/table.ts";
import { callsOf } from "../support/calls.ts";
import { DEPLOYER } from "../support/sample.ts";
import { type Place, test } from "../support/sandbox-home.ts";
import { pushed, withFactors, withoutFactors } from "../support/scenario.ts";

/**
 * All but the one that takes the place of `application`, those that take the place of `pass` or of somebody who types, and those of
 * profiles and keychains, which have tests of their own, and the one that is refused.
 */
const ELSEWHERE = [
  "all-applications",
  "pass-stdin",
  "password-command",
  "keychain",
  "cache-encryption",
  "cache-fallback",
  "factor-code",
  "factor-code-command",
  "remember-device",
  "timeout",
  "ca-bundle",
  "plugins-allow",
  "unset",
  "profile-style",
  "profile-name",
  "profile-region",
  "write",
  "prune",
  "yes",
] as const satisfies readonly OptionName[];
type Compared = Exclude<OptionName, (typeof ELSEWHERE)[number]>;
type Row = NamedRow & { readonly name: Compared };

/** Together they sign in without a terminal; each of them makes a difference. */
const VALUES: Readonly<Record<Compared, string | ((place: Place) => string)>> = {
  organization: ({ sandbox }) => sandbox.organization,
  user: "jdoe@example.com",
  pass: "correct horse",
  factor: "push:okta",
  application: ({ sandbox }) => sandbox.applicationUrl("All accounts"),
  role: "Developer",
  "secondary-role": DEPLOYER,
  "account-alias": "acme-d*",
  region: "eu-west-1",
  duration: "30m",
  "sign-in-url": ({ sandbox }) => sandbox.signInUrl,
  environment: "yes",
  "target-shell": "fish",
  output: "text",
  "output-format": "{role_suffix}",
  "role-suffix-delimiter": "/",
  silent: "on",
  key: "mine",
  "no-okta-cache": "1",
  "no-aws-cache": "TRUE",
};

const PASSWORD_ALONE: Scenario = {
  ...withoutFactors("default"),
  applications: [
    { label: "All accounts", name: "amazon_aws" },
    { label: "One account", name: "amazon_aws", accounts: ["111122223333"] },
  ],
};
const [jane] = scenarios["totp-only"].users;
const TWO_FACTORS: Scenario = {
  ...withFactors("default", pushed("SUCCESS"), ...(jane?.factors ?? [])),
  applications: PASSWORD_ALONE.applications,
};

/** The sign-in page of AWS itself is never asked by a test. */
const BARE = {
  AWS_OKTA_ORGANIZATION: undefined,
  AWS_OKTA_USER: undefined,
  AWS_OKTA_PASS: undefined,
  AWS_OKTA_SIGN_IN_URL: "http://127.0.0.1:1025/saml",
};

type Source = "flags" | "variables" | "a dotfile";

interface Given {
  readonly command: CommandName;
  /** As a process, or in this one. */
  readonly by: "run" | "perform";
  readonly source: Source;
  readonly without?: OptionName;
}

function rowsOf({ command, without }: Pick<Given, "command" | "without">): readonly Row[] {
  return OPTIONS.filter((row): row is Row => !ELSEWHERE.some((name) => name === row.name)).filter(
    (row) => row.commands.includes(command) && !holdsIn(command, row.flagOnly) && row.name !== without,
  );
}

function givenValue(place: Place, { name }: Row): string {
  const value = VALUES[name];
  return typeof value === "string" ? value : value(place);
}

function toFlag(place: Place, row: Row): readonly string[] {
  return row.kind === "switch" ? [`--${row.name}`] : [`--${row.name}`, givenValue(place, row)];
}

/** All that a run leaves behind, without what differs from run to run. */
async function observe(place: Place, given: Given): Promise<unknown> {
  const home = await mkdtemp(path.join(place.home, "home-"));
  await cp(path.join(place.home, "before"), home, { recursive: true });
  const calls = place.sandbox.count();
  const { stdout, stderr, exitCode } = await runWith(place, home, given);
  const files = (await readdir(home, { recursive: true })).filter((file) => file.endsWith(".json")).sort();
  return { ...withoutSecrets(stdout), stderr, exitCode, calls: callsOf(place.sandbox, calls), files };
}

async function runWith(place: Place, home: string, given: Given): ReturnType<Place["run"]> {
  const rows = rowsOf(given);
  const pairs = rows.map((row) => [row, givenValue(place, row)] as const);
  switch (given.source) {
    case "flags":
      return place[given.by]([given.command, ...rows.flatMap((row) => toFlag(place, row))], { ...BARE, HOME: home });
    case "variables":
      return place[given.by](given.command, {
        ...BARE,
        HOME: home,
        ...Object.fromEntries(pairs.map(([{ env = "" }, value]) => [env, value])),
      });
    case "a dotfile": {
      const lines = pairs.map(([{ name }, value]) => `${name} = ${value}\n`);
      await writeFile(path.join(home, ".awsoktaprocessor"), `[${given.command}]\n${lines.join("")}`);
      return place[given.by](given.command, { ...BARE, AWS_OKTA_SIGN_IN_URL: undefined, HOME: home });
    }
  }
}

function withoutSecrets(text: string): { readonly stdout: string; readonly lastsMinutes: number } {
  const [instant = ""] = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.exec(text) ?? [];
  const stdout = text.replaceAll(/ASIA[A-Z2-7]{16}|[\w+/=]{40,}/g, "…").replaceAll(instant, "…");
  return { stdout, lastsMinutes: Math.round((Date.parse(instant) - Date.now()) / 60_000) };
}

/** A home with the caches of an earlier run, which every run of a test finds. */
async function prepare(place: Place, command: CommandName): Promise<void> {
  const before = path.join(place.home, "before");
  await mkdir(before);
  await runWith(place, before, { command, by: "perform", source: "flags" });
}

for (const command of ["authenticate", "get-roles"] as const) {
  test.concurrent(`${command}: all options have the same effect from flags, from variables and from a dotfile`, async ({
    enter,
    expect,
  }) => {
    const place = await enter(TWO_FACTORS);
    await prepare(place, command);
    const by = "run";
    const fromFlags = await observe(place, { command, by, source: "flags" });
    expect(fromFlags).toMatchObject({ stderr: "", exitCode: 0 });
    expect(await observe(place, { command, by, source: "variables" })).toEqual(fromFlags);
    expect(await observe(place, { command, by, source: "a dotfile" })).toEqual(fromFlags);
    for (const without of ["factor", "silent"] as const)
      expect.soft(await observe(place, { command, by, source: "flags", without }), `without ${without}`).not.toEqual(fromFlags);
  });

  test.concurrent(`${command}: each option makes a difference`, async ({ enter, expect }) => {
    const place = await enter(PASSWORD_ALONE);
    await prepare(place, command);
    const by = "perform";
    const all = await observe(place, { command, by, source: "flags" });
    const names = rowsOf({ command }).map(({ name }) => name);
    for (const without of names.filter((name) => name !== "factor" && name !== "silent"))
      expect.soft(await observe(place, { command, by, source: "flags", without }), `without ${without}`).not.toEqual(all);
  });
}
