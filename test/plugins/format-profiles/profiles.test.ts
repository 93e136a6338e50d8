import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FormatContext, ListedAccount, RoleListing } from "@aws-okta-processor/contract";
import { formatChecks } from "@aws-okta-processor/contract/conformance";
import { fromProcess } from "@aws-sdk/credential-providers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { format } from "../../../plugins/format-profiles/src/profiles.ts";
import { formatContext } from "../../support/format-context.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const applicationUrl = "https://acme.okta.com/home/amazon_aws/0oa1/272?fromHome=true&x=1";

runPackageChecks("format-profiles");
runChecks("profiles", formatChecks(format));

test("a role is a profile that asks for its credentials", () => {
  expect(write([account("one", "111111111111", ["Dev-Admin"])])).toBe(
    "\n[one-admin]\n" +
      'credential_process=aws-okta-processor authenticate --organization="acme.okta.com" --user="jdoe" ' +
      `--application="${applicationUrl}" --role="arn:aws:iam::111111111111:role/Dev-Admin" ` +
      '--key="one-arn:aws:iam::111111111111:role/Dev-Admin"\n',
  );
});

test("an empty listing is no profile at all", () => {
  expect(write([])).toBe("");
});

describe("names of profiles", () => {
  test("roles that end alike are called by their whole names, and the others keep theirs", () => {
    expect(sections([account("one", "1", ["Prod-Admin", "Dev-Admin", "Dev-Audit"])])).toEqual([
      "one-prod-admin",
      "one-dev-admin",
      "one-audit",
    ]);
  });

  test("accounts that are called alike are told apart by their ids", () => {
    const accounts = [account("one", "1", ["Dev-Admin"]), account("one", "2", ["Dev-Admin"]), account("one", "3", ["Dev-Audit"])];
    expect(sections(accounts)).toEqual(["one-1-dev-admin", "one-2-dev-admin", "one-audit"]);
  });

  test("a renamed role does not take the name that another has by itself", () => {
    const accounts = [account("one", "1", ["Prod-Admin", "Dev-Admin"]), account("one-prod", "2", ["Team-Admin"])];
    expect(sections(accounts)).toEqual(["one-1-prod-admin", "one-dev-admin", "one-prod-admin"]);
  });

  test("a role without the delimiter in its name is called by its name, not by its ARN", () => {
    expect(sections([account("one", "1", ["Admin"]), account("two", "2", ["path/Audit"], "aws-us-gov")])).toEqual([
      "one-admin",
      "two-audit",
    ]);
  });

  test("a role that is listed twice is one profile", () => {
    expect(sections([account("one", "1", ["Dev-Admin", "Dev-Admin"])])).toEqual(["one-admin"]);
  });

  test("what a section cannot hold becomes a dash", () => {
    expect(sections([account("My [Prod] #1\n", "1", ["Dev-Admin=1,2"])])).toEqual(["My-Prod-1--admin=1,2"]);
  });

  test("a name that is special to JavaScript becomes another", () => {
    const context = formatContext({ profiles: { style: "config", name: "{role_name}", region: undefined } });
    const listing = { applicationUrl, organization: "acme.okta.com", user: "jdoe", accounts: [account("one", "1", ["__proto__"])] };
    expect(format.profiles?.([listing], context)[0]?.section).toBe("profile -proto-");
  });

  test("two roles that differ in nothing that a name may hold are refused", () => {
    const accounts = [account("é", "1", ["Dev-Admin"]), account("è", "1", ["Dev-Admin"], "aws-cn")];
    expect(() => sections(accounts)).toThrow("two roles of the listing cannot be told apart as profiles: arn:aws:iam::1:role/Dev-Admin");
  });

  test("each role has a name of its own, whatever the order of the accounts", () => {
    const roles = fc.uniqueArray(fc.constantFrom("A-X", "B-X", "X", "C-Y", "a-Y", "b-A-X"), { minLength: 1 });
    const names = fc.constantFrom("one", "one-a", "one-b", "two");
    const accounts = fc
      .array(fc.tuple(names, roles), { maxLength: 6 })
      .map((list) => list.map(([name, own], id) => account(name, `${id}`, own)));
    fc.assert(
      fc.property(accounts, (list) => {
        const found = sections(list);
        expect(new Set(found).size).toBe(found.length);
        expect(sections(list.toReversed()).toSorted()).toEqual(found.toSorted());
      }),
    );
  });
});

describe("several applications", () => {
  const second = "https://acme.okta.com/home/amazon_aws/0oa2/272";
  const join = (...parts: readonly (readonly [string, readonly ListedAccount[]])[]) => {
    const listings = parts.map(([url, accounts]) => ({ applicationUrl: url, organization: "acme.okta.com", user: "jdoe", accounts }));
    return Array.from(format.applications?.(listings, formatContext()) ?? []).join("");
  };

  test("one application is written as it is alone", () => {
    const accounts = [account("one", "1", ["Prod-Admin", "Dev-Admin"])];
    expect(join([applicationUrl, accounts])).toBe(write(accounts));
  });

  test("each profile names the application that gives the role", () => {
    const text = join([applicationUrl, [account("one", "1", ["Dev-Admin"])]], [second, [account("two", "2", ["Dev-Admin"])]]);
    expect([sectionsOf(text), applicationsOf(text)]).toEqual([
      ["one-admin", "two-admin"],
      [applicationUrl, second],
    ]);
  });

  test("roles of two applications that would share a name are told apart as those of one are", () => {
    const inOne = [account("one", "1", ["Prod-Admin"])];
    const text = join([applicationUrl, inOne], [second, [account("one", "1", ["Dev-Admin"]), account("one", "2", ["Dev-Audit"])]]);
    expect(sectionsOf(text)).toEqual(["one-prod-admin", "one-dev-admin", "one-audit"]);
  });

  test("a role that both give is a profile of the first", () => {
    const text = join([applicationUrl, [account("one", "1", ["Dev-Admin"])]], [second, [account("one", "1", ["Dev-Admin", "Dev-Audit"])]]);
    expect([sectionsOf(text), applicationsOf(text)]).toEqual([
      ["one-admin", "one-audit"],
      [applicationUrl, second],
    ]);
  });

  test("what cannot be carried in one of them keeps all from being written", () => {
    expect(() =>
      join([applicationUrl, [account("one", "1", ["Dev-Admin"])]], ['https://a/"', [account("two", "2", ["Dev-Admin"])]]),
    ).toThrow("the application holds U+0022");
  });

  test("no application is no profile", () => {
    expect(join()).toBe("");
  });
});

describe("for the config file", () => {
  const inConfig = (accounts: readonly ListedAccount[], change: Partial<FormatContext["profiles"]> = {}) =>
    writeFor({ style: "config", name: undefined, region: undefined, ...change }, accounts);

  test("a section is a profile, and has the region where its partition has it", () => {
    const accounts = [account("one", "1", ["Dev-Admin"]), account("gov", "2", ["Dev-Admin"], "aws-us-gov")];
    expect(inConfig(accounts, { region: "eu-west-1" }).replaceAll(/=aws-okta-processor .*/g, "=…")).toBe(
      "\n[profile one-admin]\ncredential_process=…\nregion=eu-west-1\n\n[profile gov-admin]\ncredential_process=…\n",
    );
  });

  test.each([
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-north-1", "aws-cn"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
    ["eu-isoe-west-1", "aws-iso-e"],
    ["us-isof-south-1", "aws-iso-f"],
    ["eusc-de-east-1", "aws-eusc"],
    ["eu-west-1", "aws"],
  ])("the region %s is for the roles of %s alone", (region, partition) => {
    for (const other of ["aws", "aws-us-gov", "aws-cn", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"])
      expect(inConfig([account("one", "1", ["Dev-Admin"], other)], { region }).includes(`region=${region}`)).toBe(other === partition);
  });

  test("a profile that is called default needs no such word", () => {
    expect(sectionsOf(inConfig([account("one", "1", ["Dev-Admin"])], { name: "default" }))).toEqual(["default"]);
  });

  test("what some SDKs do not read there becomes a dash", () => {
    expect(sectionsOf(inConfig([account("one", "1", ["Dev-Admin=1,2"])]))).toEqual(["profile one-admin-1-2"]);
  });
});

describe("names that the person wants", () => {
  const named = (name: string, accounts: readonly ListedAccount[]) =>
    sectionsOf(writeFor({ style: "credentials", name, region: undefined }, accounts));

  test("are put together of tokens", () => {
    expect(
      named("{account}.{account_id}.{role_name}.{role_suffix}.{organization}.{user}", [account("one", "1", ["path/Dev-Admin"])]),
    ).toEqual(["one.1.Dev-Admin.admin.acme.okta.com.jdoe"]);
  });

  test("are told apart where they are shared", () => {
    const accounts = [account("one", "1", ["Dev-Admin", "Prod-Admin"]), account("two", "2", ["Dev-Admin", "Dev-Audit"])];
    expect(named("{role_suffix}", accounts)).toEqual(["admin-1-Dev-Admin", "admin-Prod-Admin", "admin-2-Dev-Admin", "audit"]);
  });

  test("hold nothing that a section cannot", () => {
    expect(named("my [prod] {account}\n", [account("one", "1", ["Dev-Admin"])])).toEqual(["my-prod-one-"]);
  });

  test.each([
    ["{acount}", '"{acount}" is not a token of a profile\'s name'],
    ["{account", "a profile's name has a brace that is part of no token"],
    ["{account:>3}", "a profile's name has a brace that is part of no token"],
    [" ", "a profile's name must not be empty"],
  ])("%j are refused", (name, problem) => {
    const context = formatContext({ profiles: { style: "credentials", name, region: undefined } });
    expect(format.checkName?.(context)).toBe(
      `${problem}; the tokens are {account} {account_id} {role_name} {role_suffix} {organization} {user}`,
    );
  });
});

test("what is written into a file is what is printed", () => {
  const listings = [{ applicationUrl, organization: "acme.okta.com", user: "jdoe", accounts: [account("one", "1", ["Dev-Admin"])] }];
  const context = formatContext({ profiles: { style: "config", name: undefined, region: "eu-west-1" } });
  const [profile] = format.profiles?.(listings, context) ?? [];
  const lines = Object.entries(profile?.settings ?? {}).map(([name, value]) => `${name}=${value}\n`);
  expect(`\n[${profile?.section ?? ""}]\n${lines.join("")}`).toBe(Array.from(format.applications?.(listings, context) ?? []).join(""));
});

describe("what a credential_process line cannot carry", () => {
  test.each([
    ['"', "U+0022"],
    ["\\", "U+005C"],
    ["$(exit 3)", "U+0024"],
    ["`", "U+0060"],
    ["a\n[default]", "U+000A"],
    ["a\u0000", "U+0000"],
    ["a\u2028b", "U+2028"],
    ["a #b", "U+0020 U+0023"],
    ["a\t;b", "U+0009"],
  ])("%j is refused in a user, without its text", (user, seen) => {
    expect(() => write([account("one", "1", ["Dev-Admin"])], { user })).toThrow(
      `the user holds ${seen}, which a credential_process line cannot carry`,
    );
  });

  test("it is refused in an organization, an application and a role, too", () => {
    const one = [account("one", "1", ["Dev-Admin"])];
    expect(() => write(one, { organization: '"' })).toThrow("the organization holds U+0022");
    expect(() => write(one, { applicationUrl: '"' })).toThrow("the application holds U+0022");
    expect(() => write([account("one", "1", ['Dev-Admin"'])])).toThrow("the role holds U+0022");
  });

  test("it becomes a dash in the key, where it comes from the name of an account", () => {
    expect(write([account('a"b', "1", ["Dev-Admin"])])).toContain('--key="a-b-arn:aws:iam::1:role/Dev-Admin"\n');
  });
});

describe("the AWS SDK for JavaScript", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "profiles-"));
  const credentialsFile = path.join(folder, "credentials");

  beforeAll(() => {
    const program = path.join(folder, "aws-okta-processor");
    writeFileSync(program, `#!${process.execPath}\n${echoArguments}`);
    chmodSync(program, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("reads each profile and passes each argument on unchanged", async () => {
    const user = "j doe+\u00fc'!%&|<>^~*?{}()@acme.com";
    const accounts = [account("My 'Prod' %PATH% #1", "1", ["Dev-Admin", "Dev=Audit,1"]), account("two", "2", ["Admin"])];
    writeFileSync(credentialsFile, write(accounts, { user }));
    expect(await argumentsOf("My-Prod-%PATH%-1-admin", folder)).toEqual([
      "authenticate",
      "--organization=acme.okta.com",
      `--user=${user}`,
      `--application=${applicationUrl}`,
      "--role=arn:aws:iam::1:role/Dev-Admin",
      "--key=My-Prod-%PATH%-1-arn:aws:iam::1:role/Dev-Admin",
    ]);
    expect(await argumentsOf("two-admin", folder)).toContain("--role=arn:aws:iam::2:role/Admin");
  });
});

/** Stands for our own program and gives its arguments back, in the place of a session token. */
const echoArguments = `console.log(JSON.stringify({
  Version: 1, AccessKeyId: "A", SecretAccessKey: "S", SessionToken: JSON.stringify(process.argv.slice(2)), Expiration: "2099-01-01T00:00:00Z",
}));
`;

async function argumentsOf(profile: string, folder: string): Promise<unknown> {
  vi.stubEnv("PATH", `${folder}${path.delimiter}${process.env["PATH"] ?? ""}`);
  const none = path.join(folder, "config");
  const { sessionToken } = await fromProcess({
    profile,
    filepath: path.join(folder, "credentials"),
    configFilepath: none,
    ignoreCache: true,
  })();
  return JSON.parse(sessionToken ?? "");
}

function writeFor(profiles: FormatContext["profiles"], accounts: readonly ListedAccount[]): string {
  const listing = { applicationUrl, organization: "acme.okta.com", user: "jdoe", accounts };
  return Array.from(format.roles?.(listing, formatContext({ profiles })) ?? []).join("");
}

function write(accounts: readonly ListedAccount[], changes: Partial<RoleListing> = {}): string {
  const listing: RoleListing = { applicationUrl, organization: "acme.okta.com", user: "jdoe", accounts, ...changes };
  return Array.from(format.roles?.(listing, formatContext()) ?? []).join("");
}

const sections = (accounts: readonly ListedAccount[]): readonly string[] => sectionsOf(write(accounts));

function sectionsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^\[(.*)\]$/gm), ([, section = ""]) => section);
}

function applicationsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/--application="([^"]*)"/g), ([, url = ""]) => url);
}

/** With roles whose suffix the host has cut as it does by default. */
function account(name: string, id: string, roles: readonly string[], partition = "aws"): ListedAccount {
  const arns = roles.map((role) => `arn:${partition}:iam::${id}:role/${role}`);
  return {
    name,
    id,
    nameRaw: `Account: ${name} (${id})`,
    roles: arns.map((arn) => ({ arn, suffix: arn.slice(arn.lastIndexOf("-") + 1) })),
  };
}
