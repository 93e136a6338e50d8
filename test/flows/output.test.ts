import type { Credentials, RoleListing } from "@aws-okta-processor/contract";
import { describe, expect, test } from "vitest";
import type { InstalledPackage } from "../../src/extensions/registry.ts";
import { credentialsPrinter, profilesMaker, removalLines, rolesPrinter } from "../../src/flows/output.ts";
import type { FlagValues } from "../../src/options/layers.ts";
import type { World } from "../../src/world.ts";
import { bundledNames, bundledPackages } from "../support/bundled.ts";
import { extensionsOf } from "../support/extensions.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { optionsFrom } from "../support/options.ts";
import { createWorld } from "../support/world.ts";

const credentials: Credentials = { accessKeyId: "A", secretAccessKey: "it's", sessionToken: "T", expiration: "2099-01-01T00:00:00Z" };
const listing: RoleListing = {
  applicationUrl: "U",
  organization: "O",
  user: "jdoe",
  accounts: [{ name: "n", id: "1", nameRaw: "r", roles: [{ arn: "a", suffix: "s" }] }],
};

/** The bundled packages, and one of a test's own whose modules are these. */
function extend(modules: Readonly<Record<string, string>> = {}, kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
  const folder = useFolder({ "package.json": '{"type":"module"}', ...modules });
  const own: InstalledPackage = {
    name: "acme",
    version: "1.0.0",
    root: folder.path,
    source: "installed",
    own: false,
    block: { contract: 1, ...kinds },
  };
  return extensionsOf([...bundledPackages, own]).extensions;
}

/** Nothing above this program and no terminal, or what is given. */
const outside = (given: Partial<Pick<World, "ancestors" | "outputTerminal">> = {}) => createWorld(given);

const format = (body: string) => extend({ "wiki.js": `export const format = ${body};` }, { formats: { wiki: "./wiki.js" } });
const shell = (body: string) => extend({ "murex.js": `export const shell = ${body};` }, { shells: { murex: "./murex.js" } });

const printCredentials = async (flags: FlagValues, extensions = extend()) =>
  (await credentialsPrinter(optionsFrom(flags), extensions, outside()))(credentials);
const rolesPrinterOf = (flags: FlagValues, extensions = extend()) =>
  rolesPrinter(optionsFrom(flags, { command: "get-roles" }), extensions, outside());
const printRoles = async (flags: FlagValues, extensions = extend()) => (await rolesPrinterOf(flags, extensions)).one(listing);
const printApplications = async (flags: FlagValues, extensions = extend()) =>
  (await rolesPrinterOf(flags, extensions)).all([listing, listing]);

describe("credentials", () => {
  test.each([
    [{}, `{"AccessKeyId": "A", "SecretAccessKey": "it's", "SessionToken": "T", "Expiration": "2099-01-01T00:00:00Z", "Version": 1}\n`],
    [
      { environment: true },
      "export AWS_ACCESS_KEY_ID='A' && export AWS_SECRET_ACCESS_KEY='it'\\''s' && export AWS_SESSION_TOKEN='T' && export AWS_CREDENTIAL_EXPIRATION='2099-01-01T00:00:00Z'\n",
    ],
    [
      { environment: true, "target-shell": "Fish" },
      "set --export AWS_ACCESS_KEY_ID 'A'; and set --export AWS_SECRET_ACCESS_KEY 'it\\'s'; and set --export AWS_SESSION_TOKEN 'T'; and set --export AWS_CREDENTIAL_EXPIRATION '2099-01-01T00:00:00Z';\n",
    ],
    [
      { environment: true, "target-shell": "pwsh" },
      "$env:AWS_ACCESS_KEY_ID='A'; $env:AWS_SECRET_ACCESS_KEY='it''s'; $env:AWS_SESSION_TOKEN='T'; $env:AWS_CREDENTIAL_EXPIRATION='2099-01-01T00:00:00Z'\n",
    ],
  ] satisfies readonly (readonly [FlagValues, string])[])("with %j are printed as people know it", async (flags, text) => {
    expect(await printCredentials(flags)).toBe(text);
  });

  test("for a shell that is not there are refused before anything is sent", async () => {
    expect(
      await failureOf(() => credentialsPrinter(optionsFrom({ environment: true, "target-shell": "murex" }), extend(), outside())),
    ).toEqual({
      name: "UsageError",
      code: "EXTENSION_UNKNOWN",
      message: 'there is no shell "murex" (--target-shell)',
      hint: `installed: ${bundledNames("shells")}`,
    });
  });

  const auto = { environment: true, "target-shell": "auto" };
  const printAuto = async (ancestors: readonly string[], flags: FlagValues = auto) =>
    (await credentialsPrinter(optionsFrom(flags), extend(), outside({ ancestors: () => ancestors })))(credentials);

  test.each([
    [["fish", "bash"], "fish"],
    [["make", "fish", "bash"], "fish"],
    [["Bash", "fish"], "bash"],
  ])("for the shell that calls are those of the nearest that is known: %j", async (ancestors, shellName) => {
    expect(await printAuto(ancestors)).toBe(await printCredentials({ environment: true, "target-shell": shellName }));
  });

  test("for the shell that calls are refused where none does", async () => {
    expect(await failureOf(() => printAuto(["node", "systemd"]))).toEqual({
      name: "UsageError",
      code: "SHELL_UNKNOWN",
      message: "none of the programs that called this one is a shell that is known here (--target-shell)",
      hint: "name the shell, as --target-shell bash; aws-okta-processor authenticate --help lists those that are installed",
    });
  });

  test("have lines that remove them, whatever they are", async () => {
    const remove = (targetShell: string) =>
      removalLines(optionsFrom({ unset: true, "target-shell": targetShell }), extend(), outside({ ancestors: () => ["fish"] }));
    expect([await remove("bash"), await remove("auto")]).toEqual([
      "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION\n",
      "set --erase AWS_ACCESS_KEY_ID; set --erase AWS_SECRET_ACCESS_KEY; set --erase AWS_SESSION_TOKEN; set --erase AWS_CREDENTIAL_EXPIRATION;\n",
    ]);
  });

  test("as an output of dotenv are the lines for the shell of that name", async () => {
    expect(await printCredentials({ output: "dotenv" })).toBe(await printCredentials({ environment: true, "target-shell": "dotenv" }));
  });

  test("are given to a format as variables too", async () => {
    const wiki = format("{ credentials: (_, { variables }) => JSON.stringify(variables) }");
    expect(JSON.parse(await printCredentials({ output: "wiki" }, wiki))).toEqual({
      AWS_ACCESS_KEY_ID: "A",
      AWS_SECRET_ACCESS_KEY: "it's",
      AWS_SESSION_TOKEN: "T",
      AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
    });
  });

  test("do not need the shell where no lines are wanted", async () => {
    expect(await printCredentials({ "target-shell": "murex" })).toContain('"Version": 1');
  });

  test("are printed by a shell of a package's own", async () => {
    const murex = shell("{ render: (variables) => JSON.stringify(variables), unset: () => '', evaluate: '' }");
    expect(JSON.parse(await printCredentials({ environment: true, "target-shell": "murex" }, murex))).toEqual({
      AWS_ACCESS_KEY_ID: "A",
      AWS_SECRET_ACCESS_KEY: "it's",
      AWS_SESSION_TOKEN: "T",
      AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
    });
  });

  test("that a shell cannot carry are told with its name", async () => {
    const murex = shell("{ render: () => { throw new Error('a variable cannot hold that'); }, unset: () => '', evaluate: '' }");
    expect(await failureOf(() => printCredentials({ environment: true, "target-shell": "murex" }, murex))).toEqual({
      name: "BugError",
      code: "PLUGIN_FAILED",
      message: "acme cannot print this: a variable cannot hold that",
      hint: undefined,
    });
  });
});

const OBJECT =
  '{"application_url": "U", "accounts": [{"name": "n", "id": "1", "name_raw": "r", "roles": [{"name": "a", "suffix": "s"}]}], "user": "jdoe", "organization": "O"}';

describe("roles", () => {
  test.each([
    [{}, OBJECT],
    [{ output: "text" }, "n,a\n"],
    [{ output: "TEXT", "output-format": "{user}@{organization} {role_suffix}" }, "jdoe@O s\n"],
  ] satisfies readonly (readonly [FlagValues, string])[])("with %j are printed as people know it", async (flags, text) => {
    expect(await printRoles(flags)).toBe(text);
  });

  test.each([
    [{}, `[${OBJECT}, ${OBJECT}]`],
    [{ output: "text" }, "n,a\nn,a\n"],
  ] satisfies readonly (readonly [FlagValues, string])[])(
    "of two applications are printed as the format joins them: %j",
    async (flags, text) => {
      expect(await printApplications(flags)).toBe(text);
    },
  );

  test("of two applications follow each other where a format does not join them", async () => {
    const wiki = format("{ roles: function* ({ user }) { yield user; yield ';\\n'; } }");
    expect(await printApplications({ output: "wiki" }, wiki)).toBe("jdoe;\njdoe;\n");
  });

  test("of two applications that a format cannot join are told with its name", async () => {
    for (const body of ["() => { throw new Error('no'); }", "() => 1", "() => [1]", "function* () { yield 'a'; throw new Error('no'); }"]) {
      const wiki = format(`{ roles: () => [], applications: ${body} }`);
      expect(await failureOf(() => printApplications({ output: "wiki" }, wiki))).toMatchObject({ code: "PLUGIN_FAILED" });
    }
  });

  test("as profiles name this program", async () => {
    expect(await printRoles({ output: "profiles" })).toMatch(
      /^\n\[n-s\]\ncredential_process=aws-okta-processor authenticate --organization="O" /,
    );
  });

  test("in a format that is not there are refused before anything is sent", async () => {
    expect(await failureOf(() => rolesPrinterOf({ output: "wiki" }))).toEqual({
      name: "UsageError",
      code: "EXTENSION_UNKNOWN",
      message: 'there is no format "wiki" (--output)',
      hint: `installed: ${bundledNames("formats")}`,
    });
  });

  test("in a format that has none are refused before anything is sent", async () => {
    const wiki = format("{ credentials: () => '' }");
    expect(await failureOf(() => rolesPrinterOf({ output: "wiki" }, wiki))).toMatchObject({
      code: "FORMAT_UNSUITABLE",
      message: "the format wiki cannot print roles",
    });
  });

  test("with a template that is wrong are refused before anything is sent, by where it came from", async () => {
    const options = optionsFrom({ output: "text" }, { command: "get-roles", env: { AWS_OKTA_OUTPUT_FORMAT: "{nobody}" } });
    const { code, message } = await failureOf(() => rolesPrinter(options, extend(), outside()));
    expect([code, message.endsWith(" (AWS_OKTA_OUTPUT_FORMAT)")]).toEqual(["OPTION_INVALID", true]);
  });

  test("are written for the terminal and the profiles that were asked for", async () => {
    const wiki = format("{ roles: (_, context) => [JSON.stringify(context)] }");
    const flags = { output: "wiki", "profile-style": "config", "profile-name": "{account}", "profile-region": "eu-west-1" };
    const printer = await rolesPrinter(optionsFrom(flags, { command: "get-roles" }), wiki, {
      ...outside(),
      outputTerminal: () => ({ columns: 80, hasColors: true }),
    });
    expect(JSON.parse(printer.one(listing))).toEqual({
      template: "{account},{role}",
      profiles: { style: "config", name: "{account}", region: "eu-west-1" },
      terminal: { columns: 80, hasColors: true },
    });
  });

  test("under a profile name that the format refuses are refused, by where it came from", async () => {
    const wiki = format("{ checkName: () => 'no name is taken', roles: () => [] }");
    const options = optionsFrom({ output: "wiki" }, { command: "get-roles", env: { AWS_OKTA_PROFILE_NAME: "x" } });
    expect((await failureOf(() => rolesPrinter(options, wiki, outside()))).message).toBe("no name is taken (AWS_OKTA_PROFILE_NAME)");
  });

  test("in a format that makes no profiles cannot be written to a file", async () => {
    const options = optionsFrom({ output: "text" }, { command: "get-roles" });
    expect(await failureOf(() => profilesMaker(options, extend()))).toEqual({
      name: "UsageError",
      code: "FORMAT_UNSUITABLE",
      message: "the format text makes no profiles that could be written",
      hint: "give --output profiles with --write",
    });
  });

  const command = (role: string) =>
    `aws-okta-processor authenticate --organization="O" --user="U" --application="A" --role="${role}" --key="K-${role}"`;
  const made = (...profiles: readonly unknown[]) => `{ roles: () => [], profiles: () => (${JSON.stringify(profiles)}) }`;
  const good = { section: "profile a", settings: { credential_process: command("R"), region: "eu-west-1" } };

  test.each([
    ["no list", "{ roles: () => [], profiles: () => undefined }", "it gave undefined in place of a list of profiles"],
    ["no profile", made({}), "it gave something in place of a profile"],
    ["no text", made({ section: "a", settings: { credential_process: 1 } }), "it gave something in place of a profile"],
    [
      "another command",
      made({ section: "a", settings: { credential_process: "date" } }),
      'unexpected text in the profile "a"; nothing was written',
    ],
    ["one name twice", made(good, { ...good, section: "profile.a" }), 'it gave two profiles of one name: "profile.a"'],
  ])("in a format that makes profiles of %s are not written, and it is named", async (_, body, message) => {
    const options = optionsFrom({ output: "wiki", write: "file" }, { command: "get-roles" });
    const make = await profilesMaker(options, format(body));
    expect(await failureOf(() => make([listing]))).toMatchObject({ code: "PLUGIN_FAILED", message: `acme cannot print this: ${message}` });
  });

  test("in a format of a package's own are written as it makes them", async () => {
    const options = optionsFrom({ output: "wiki", write: "file" }, { command: "get-roles" });
    expect((await profilesMaker(options, format(made(good))))([listing])).toEqual([good]);
  });

  test("are put together of all pieces", async () => {
    expect(await printRoles({ output: "wiki" }, format("{ roles: function* () { yield 'a'; yield ''; yield 'b\\n'; } }"))).toBe("ab\n");
  });

  test("with a template of a package's own are checked by it", async () => {
    const wiki = format(
      "{ check: ({ template }) => template === '{account},{role}' ? undefined : 'no template is taken', roles: () => ['x'] }",
    );
    expect(await printRoles({ output: "wiki" }, wiki)).toBe("x");
    expect((await failureOf(() => printRoles({ output: "wiki", "output-format": "y" }, wiki))).message).toBe(
      "no template is taken (--output-format)",
    );
  });

  test.each([
    ["throws", "{ roles: () => { throw new Error('too wide'); } }", "acme cannot print this: too wide"],
    ["throws as it goes", "{ roles: function* () { yield 'a'; throw new Error('too long'); } }", "acme cannot print this: too long"],
    ["throws no error", "{ roles: () => { throw 'x'; } }", "acme cannot print this: x"],
    ["throws as it checks", "{ check: () => { throw new Error('x'); }, roles: () => [] }", "acme cannot print this: x"],
  ])("in a format that %s are told with its name", async (_, body, message) => {
    expect(await failureOf(() => printRoles({ output: "wiki" }, format(body)))).toMatchObject({ code: "PLUGIN_FAILED", message });
  });

  test.each(["{ roles: () => undefined }", "{ roles: () => 1 }", "{ roles: () => [{}] }"])(
    "in a format that gives no text are told with its name: %s",
    async (body) => {
      expect(await failureOf(() => printRoles({ output: "wiki" }, format(body)))).toMatchObject({ code: "PLUGIN_FAILED" });
    },
  );
});

test.each(["{ render: () => undefined, unset: () => '' }", "{ render: () => ({}), unset: () => '' }"])(
  "a shell that gives no text is named: %s",
  async (body) => {
    expect(await failureOf(() => printCredentials({ environment: true, "target-shell": "murex" }, shell(body)))).toMatchObject({
      code: "PLUGIN_FAILED",
    });
  },
);
