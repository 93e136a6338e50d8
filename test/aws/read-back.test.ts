import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import type { Profile } from "@aws-okta-processor/contract";
import { fromProcess } from "@aws-sdk/credential-providers";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { format } from "../../plugins/format-profiles/src/profiles.ts";
import { mergeProfiles } from "../../src/aws/merge-profiles.ts";
import { anyText } from "../plugins/any-text.ts";
import { AWS_CLI } from "../support/aws-cli.ts";
import { useFolder } from "../support/folder.ts";
import { formatContext } from "../support/format-context.ts";
import { askPython, hasPython, withPython } from "../support/python.ts";

const READER = new URL("botocore-reader.py", import.meta.url);
const RULES = { file: "config", prune: false, inConfig: true, listed: new Set<string>() };
const HOSTILE = ['My "Prod" [x]\n[default]', "a'b`c$(exit 3) #1 ;2", "x]\r\ny", "\u202eevil\u0000"];

const given = fc.sample(
  fc.record({ names: fc.array(fc.oneof(anyText, fc.constantFrom(...HOSTILE)), { maxLength: 4 }), foreign: foreignText() }),
  { numRuns: 300, seed: 14 },
);
const cases = given.map(({ names, foreign }) => {
  const profiles = profilesOf(names);
  return { foreign, profiles, ...mergeProfiles(foreign, profiles, RULES) };
});

test("foreign text survives byte for byte before what is added", () => {
  for (const { foreign, text, added, profiles } of cases) {
    expect(text.slice(0, foreign.length)).toBe(foreign);
    expect(added).toEqual(profiles.map(({ section }) => section));
  }
});

test.skipIf(!hasPython)(withPython("botocore's parser reads every merged file, and in it each profile as it was given"), () => {
  const read = askPython(READER, [...cases.map(({ text }) => text), ...cases.map(({ foreign }) => foreign)]) as readonly object[];
  const expected = cases.map(({ profiles }, index) => ({
    ...read[cases.length + index],
    ...Object.fromEntries(profiles.map(({ section, settings }) => [section, settings])),
  }));
  expect(read.slice(0, cases.length)).toEqual(expected);
});

const cli = AWS_CLI === undefined ? { skip: true, name: "the AWS CLI (not installed)" } : { skip: false, name: "the AWS CLI" };

test(`${cli.name} reads the profiles`, cli, () => {
  const profiles = profilesOf(HOSTILE);
  const folder = useFolder({ config: mergeProfiles("[default]\nregion = a\n", profiles, RULES).text });
  const env = { ...process.env, AWS_CONFIG_FILE: `${folder.path}/config`, AWS_SHARED_CREDENTIALS_FILE: `${folder.path}/none` };
  for (const { section, settings } of profiles.slice(0, 3)) {
    const args = ["configure", "get", "credential_process", "--profile", section.replace("profile ", "")];
    expect(spawnSync(AWS_CLI ?? "aws", args, { env, encoding: "utf8" }).stdout).toBe(`${settings["credential_process"]}\n`);
  }
});

test("the AWS SDK for JavaScript takes credentials through the profiles whose names it takes", async () => {
  const folder = useFolder({ "aws-okta-processor": `#!${process.execPath}\n${ECHO}` });
  chmodSync(`${folder.path}/aws-okta-processor`, 0o755);
  const profiles = profilesOf(HOSTILE);
  const configFilepath = folder.write("config", mergeProfiles("[default]\nregion = a", profiles, RULES).text);
  vi.stubEnv("PATH", `${folder.path}:${process.env["PATH"] ?? ""}`);
  // In a config file, other than in a credentials file, it knows no name with one of these.
  for (const { section, settings } of profiles.filter((one) => !/[=,]/u.test(one.section))) {
    const source = { profile: section.replace("profile ", ""), configFilepath, filepath: `${folder.path}/none`, ignoreCache: true };
    const { sessionToken } = await fromProcess(source)();
    expect(settings["credential_process"]).toContain(` --role="${sessionToken}" `);
  }
});

/** Stands for our own program and gives back the role that it was asked for. */
const ECHO = `const role = process.argv.find((one) => one.startsWith("--role=")).slice(7);
console.log(JSON.stringify({ Version: 1, AccessKeyId: "A", SecretAccessKey: "S", SessionToken: role, Expiration: "2099-01-01T00:00:00Z" }));
`;

/** As the format writes them for accounts of these names, with two roles each. */
function profilesOf(names: readonly string[]): readonly Profile[] {
  const accounts = names.map((name, index) => ({
    id: String(index),
    name,
    nameRaw: name,
    roles: [role(index, "Dev"), role(index, "A=b,c")],
  }));
  const listing = { applicationUrl: "https://acme.okta.com/x", organization: "acme.okta.com", user: "j doe", accounts };
  const context = formatContext({ profiles: { style: "config", name: undefined, region: "eu-west-1" } });
  return format.profiles?.([listing], context) ?? [];
}

function role(account: number, name: string): { readonly arn: string; readonly suffix: string } {
  return { arn: `arn:aws:iam::${account}:role/${name}`, suffix: name };
}

/** Whatever botocore reads and is none of ours. */
function foreignText(): fc.Arbitrary<string> {
  const end = fc.constantFrom("\n", "\r\n");
  const line = fc.constantFrom("# é [x]", "  ; c", "", "  ", "a.b : 1 # x", "  c = 3", "s3 =", "  d = [y]", "k=😀");
  const section = fc.tuple(fc.uniqueArray(line, { maxLength: 5 }), end).map(([lines, lineEnd]) => lines.join(lineEnd));
  return fc.tuple(section, section, end, fc.boolean()).map(([one, two, lineEnd, ended]) => {
    const text = [`[profile "foreign one"]`, `z = 1${lineEnd}${one}`, "[services two]", `z = 1${lineEnd}${two}`].join(lineEnd);
    return ended ? `${text}${lineEnd}` : text;
  });
}
