import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { FlagValues } from "../../src/options/layers.ts";
import { STANDS_ALONE } from "../../src/options/option-row.ts";
import { failureOf } from "../support/failure.ts";
import { useFolder } from "../support/folder.ts";
import { optionsFrom, plain } from "../support/options.ts";

const PROFILES = {
  profileStyle: "credentials",
  profileName: undefined,
  profileRegion: undefined,
  write: undefined,
  prune: false,
  yes: false,
};

const KEYCHAINS = { keychain: "keychain", keychainGiven: false, cacheEncryption: undefined, cacheFallback: "nothing" };

test("without anything given, the defaults hold", () => {
  expect(plain(optionsFrom())).toEqual({
    organization: undefined,
    user: undefined,
    pass: undefined,
    passStdin: false,
    passwordCommand: undefined,
    factor: undefined,
    factorCodeCommand: undefined,
    rememberDevice: false,
    application: undefined,
    role: undefined,
    secondaryRole: undefined,
    accountAlias: undefined,
    region: undefined,
    durationSeconds: 3600,
    signInUrl: undefined,
    environment: false,
    unset: false,
    targetShell: "bash",
    output: "json",
    outputFormat: "{account},{role}",
    roleSuffixDelimiter: "-",
    ...PROFILES,
    ...KEYCHAINS,
    silent: false,
    allApplications: false,
    key: undefined,
    useOktaCache: true,
    useAwsCache: true,
    timeoutSeconds: 30,
    caBundle: undefined,
  });
});

test("on Windows lines are for PowerShell where no shell is named", () => {
  expect([
    optionsFrom({}, { platform: "win32" }).targetShell,
    optionsFrom({ "target-shell": "bash" }, { platform: "win32" }).targetShell,
  ]).toEqual(["powershell", "bash"]);
});

test("every option of authenticate can be a flag", () => {
  const given = {
    organization: "https://acme.okta.com/",
    user: "jdoe",
    pass: "hunter2",
    factor: "PUSH:Okta",
    "factor-code-command": "pass otp Okta",
    "remember-device": true,
    application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
    role: "arn:aws:iam::1:role/One",
    "secondary-role": "arn:aws:iam::1:role/Two",
    "account-alias": "acme-*",
    region: "eu-west-1",
    duration: "90m",
    "sign-in-url": "https://signin.amazonaws-us-gov.com/saml",
    environment: true,
    "target-shell": "Fish",
    silent: true,
    key: "k",
    "no-okta-cache": true,
    "no-aws-cache": true,
    timeout: "2m",
    "ca-bundle": "corp.pem",
  };
  expect(plain(optionsFrom(given))).toEqual({
    organization: "acme.okta.com",
    user: "jdoe",
    pass: "hunter2",
    passStdin: false,
    passwordCommand: undefined,
    factor: "PUSH:Okta",
    factorCodeCommand: "pass otp Okta",
    rememberDevice: true,
    application: "https://acme.okta.com/home/amazon_aws/0oa1/272",
    role: "arn:aws:iam::1:role/One",
    secondaryRole: "arn:aws:iam::1:role/Two",
    accountAlias: "acme-*",
    region: "eu-west-1",
    durationSeconds: 5400,
    signInUrl: "https://signin.amazonaws-us-gov.com/saml",
    environment: true,
    unset: false,
    targetShell: "fish",
    output: "json",
    outputFormat: "{account},{role}",
    roleSuffixDelimiter: "-",
    ...PROFILES,
    ...KEYCHAINS,
    silent: true,
    allApplications: false,
    key: "k",
    useOktaCache: false,
    useAwsCache: false,
    timeoutSeconds: 120,
    caBundle: { file: "corp.pem", from: "--ca-bundle" },
  });
});

describe("what authenticate prints", () => {
  const printed = (flags: FlagValues, env: Readonly<Record<string, string>> = {}) => {
    const { environment, output } = optionsFrom(flags, { env });
    return environment ? "lines" : output;
  };

  test.each([
    [{}, {}, "json"],
    [{ output: "YAML" }, {}, "yaml"],
    [{ output: "env" }, {}, "lines"],
    [{ output: "ENV", environment: true }, {}, "lines"],
    [{ environment: true }, {}, "lines"],
    [{}, { AWS_OKTA_ENVIRONMENT: "1" }, "lines"],
    [{ output: "json" }, { AWS_OKTA_ENVIRONMENT: "1" }, "json"],
    [{ output: "env" }, { AWS_OKTA_ENVIRONMENT: "0" }, "lines"],
    [{}, { AWS_OKTA_OUTPUT: "text" }, "json"],
    [{ environment: true }, { AWS_OKTA_OUTPUT: "text" }, "lines"],
  ] as const)("with the flags %j and the variables %j is %s", (flags, env, what) => {
    expect(printed(flags, env)).toBe(what);
  });

  test("is not said twice, differently, in one command line", async () => {
    expect(await failureOf(() => optionsFrom({ output: "yaml", environment: true }))).toEqual({
      name: "UsageError",
      code: "OPTION_CONFLICT",
      message: "--environment and --output yaml both say what is printed",
      hint: "leave one of them out",
    });
    expect((await failureOf(() => optionsFrom({ output: "dotenv", unset: true }))).message).toBe(
      "--unset and --output dotenv both say what is printed",
    );
    expect(optionsFrom({ output: "env", unset: true }).unset).toBe(true);
  });

  test("is in no dotfile but as lines", () => {
    const folder = useFolder({ ".awsoktaprocessor": "[authenticate]\noutput = yaml\n[defaults]\noutput = text\n" });
    expect([optionsFrom({}, { cwd: folder.path }).output, optionsFrom({}, { cwd: folder.path, command: "get-roles" }).output]).toEqual([
      "json",
      "text",
    ]);
  });
});

describe("profiles", () => {
  const ofList = (flags: FlagValues) => optionsFrom(flags, { command: "get-roles" });

  test("have a style, a name and a region", () => {
    const { profileStyle, profileName, profileRegion } = ofList({
      "profile-style": "Config",
      "profile-name": "{account}",
      "profile-region": "eu-west-1",
    });
    expect([profileStyle, profileName, profileRegion]).toEqual(["config", "{account}", "eu-west-1"]);
  });

  test("are written where --write says, or where it says nothing to the file of AWS", () => {
    const written = (flags: FlagValues) => {
      const { write, prune, yes } = ofList(flags);
      return [write, prune, yes];
    };
    expect([written({}), written({ write: STANDS_ALONE }), written({ write: "x", prune: true, yes: true })]).toEqual([
      [undefined, false, false],
      ["", false, false],
      ["x", true, true],
    ]);
  });

  test.each([
    [{ write: STANDS_ALONE }, "config"],
    [{ write: "/home/jdoe/.aws/my-config" }, "config"],
    [{ write: "/home/jdoe/.aws/credentials" }, "credentials"],
    [{ write: "credentials" }, "credentials"],
    [{ write: STANDS_ALONE, "profile-style": "credentials" }, "credentials"],
    [{ write: "credentials", "profile-style": "config" }, "config"],
  ])("have the style of the file that they are written to: %j", (flags, style) => {
    const variable = { AWS_OKTA_PROFILE_STYLE: style === "config" ? "credentials" : "config" };
    expect([ofList(flags).profileStyle, optionsFrom(flags, { command: "get-roles", env: variable }).profileStyle]).toEqual([style, style]);
  });

  test.each([
    [{ "profile-style": "ini" }, 'profile-style must be credentials or config, got "ini" (--profile-style)'],
    [{ "profile-region": "no region" }, 'profile-region must be a region such as eu-west-1, got "no region" (--profile-region)'],
    [{ write: "" }, 'write must be a file, or the flag must stand alone, got "" (--write)'],
    [{ prune: true }, "--prune is for what --write writes"],
    [{ yes: true }, "--yes is for what --write writes"],
  ])("are not written with %j", async (flags, message) => {
    expect((await failureOf(() => ofList(flags))).message).toBe(message);
  });
});

test("get-roles has an output, a line for each role and a delimiter of its own", () => {
  const given = { output: "Text", "output-format": "{Role}", "role-suffix-delimiter": "/" };
  const { output, outputFormat, roleSuffixDelimiter } = optionsFrom(given, { command: "get-roles" });
  expect([output, outputFormat, roleSuffixDelimiter]).toEqual(["text", "{Role}", "/"]);
});

test.each([
  ["900", 900],
  ["43200", 43_200],
  ["3600s", 3600],
  ["15m", 900],
  ["90m", 5400],
  ["1h", 3600],
  ["12H", 43_200],
  [" 1h ", 3600],
])("a duration of %j is %i seconds", (raw, seconds) => {
  expect(optionsFrom({ duration: raw }).durationSeconds).toBe(seconds);
});

test.each(["899", "43201", "13h", "14m", "0", "-900", "1d", "soon", "1.5h", "1e4", "0x1000", "99999999999999999999", "1h30m", "٩٠٠"])(
  "a duration of %j is refused",
  async (raw) => {
    expect(await failureOf(() => optionsFrom({ duration: raw }))).toEqual({
      name: "UsageError",
      code: "OPTION_INVALID",
      message: `duration must be 900 to 43200 seconds, or a span such as 1h or 90m, got ${JSON.stringify(raw)} (--duration)`,
      hint: undefined,
    });
  },
);

test.each([
  ["1", 1],
  ["300", 300],
  ["45s", 45],
  ["5M", 300],
])("a timeout of %j is %i seconds", (raw, seconds) => {
  expect(optionsFrom({ timeout: raw }).timeoutSeconds).toBe(seconds);
});

test.each(["0", "301", "6m", "-1", "1h", "1.5", "soon", "1e2"])("a timeout of %j is refused", async (raw) => {
  expect((await failureOf(() => optionsFrom({ timeout: raw }))).message).toBe(
    `timeout must be 1 to 300 seconds, or a span such as 2m, got ${JSON.stringify(raw)} (--timeout)`,
  );
});

test.each(["1", "true", "TRUE", "yes", "Yes", "on", "ON"])("a switch is on at %j", (raw) => {
  expect(optionsFrom({}, { env: { AWS_OKTA_SILENT: raw } }).silent).toBe(true);
});

test.each(["0", "false", "False", "no", "NO", "off", "Off"])("a switch is off at %j", (raw) => {
  expect(optionsFrom({}, { env: { AWS_OKTA_ENVIRONMENT: raw } }).environment).toBe(false);
});

test.each(["2", "y", "truthy", "ja", " "])("a switch at %j is refused", async (raw) => {
  expect(await failureOf(() => optionsFrom({}, { env: { AWS_OKTA_ENVIRONMENT: raw } }))).toEqual({
    name: "UsageError",
    code: "OPTION_INVALID",
    message: `environment must be 1, true, yes, on, 0, false, no or off, got ${JSON.stringify(raw)} (AWS_OKTA_ENVIRONMENT)`,
    hint: undefined,
  });
});

test.each([
  ["AWS_OKTA_NO_OKTA_CACHE", "useOktaCache"],
  ["AWS_OKTA_NO_AWS_CACHE", "useAwsCache"],
] as const)("%s turns reading off, and with 0 it does not", (variable, name) => {
  expect([optionsFrom({}, { env: { [variable]: "1" } })[name], optionsFrom({}, { env: { [variable]: "0" } })[name]]).toEqual([false, true]);
});

test.each([
  ["organization", "acme.okta.com/home", 'organization must be a host alone, without a path, got "acme.okta.com/home" (--organization)'],
  [
    "organization",
    "http://acme.okta.com",
    'organization must be reached by https; http is only for this machine, got "http://acme.okta.com" (--organization)',
  ],
  ["application", "0oa1", 'application must be a URL, got "0oa1" (--application)'],
  ["application", "http://acme.okta.com/home", 'application must be an https URL, got "http://acme.okta.com/home" (--application)'],
  ["sign-in-url", "javascript:alert(1)", 'sign-in-url must be an https URL, got "javascript:alert(1)" (--sign-in-url)'],
  ["region", "eu west", 'region must be a region such as eu-west-1, got "eu west" (--region)'],
  ["region", "eu-west-1.evil.example/", 'region must be a region such as eu-west-1, got "eu-west-1.evil.example/" (--region)'],
])("%s %j is refused", async (name, raw, message) => {
  expect(await failureOf(() => optionsFrom({ [name]: raw }))).toEqual({
    name: "UsageError",
    code: "OPTION_INVALID",
    message,
    hint: undefined,
  });
});

test.each([
  [
    "application",
    "https://jdoe:hunter2@acme.okta.com/home",
    'application must be a URL without a user name, got "https://…@acme.okta.com/home"',
  ],
  [
    "sign-in-url",
    "https://:hunter2@proxy.acme.example",
    'sign-in-url must be a URL without a user name, got "https://…@proxy.acme.example"',
  ],
  ["organization", "jdoe:hunter2@acme.okta.com", 'organization must be a host such as acme.okta.com, got "…@acme.okta.com"'],
])("%s that carries a password is refused without showing it", async (name, raw, message) => {
  expect(await failureOf(() => optionsFrom({ [name]: raw }))).toMatchObject({ code: "OPTION_INVALID", message: `${message} (--${name})` });
});

test("plain http is for this machine", () => {
  const url = "http://127.0.0.1:8080/saml";
  expect(plain(optionsFrom({ organization: "http://127.0.0.1:8080", application: url, "sign-in-url": url }))).toMatchObject({
    organization: "http://127.0.0.1:8080",
    application: url,
    signInUrl: url,
  });
});

describe("the password comes from one place, and of several the nearest counts", () => {
  const nothing = { pass: undefined, passStdin: false, passwordCommand: undefined };
  const way = (flags: FlagValues, variables: Readonly<Record<string, string>>, dotfile = "") => {
    const folder = useFolder({ ".awsoktaprocessor": `[defaults]\n${dotfile}` });
    const { pass, passStdin, passwordCommand } = plain(optionsFrom(flags, { env: variables, home: folder.path }));
    return { pass, passStdin, passwordCommand };
  };
  const [A, B] = [{ AWS_OKTA_PASS: "a" }, { AWS_OKTA_PASSWORD_COMMAND: "b" }];

  test.each([
    ["a flag before a variable", { "pass-stdin": true }, A, "", { passStdin: true }],
    ["a command in a flag before a variable", { "password-command": "c" }, A, "", { passwordCommand: "c" }],
    ["a password in a flag before a variable", { pass: "p" }, B, "", { pass: "p" }],
    ["a variable before a dotfile", {}, B, "pass = d", { passwordCommand: "b" }],
    ["a password in a variable before a dotfile", {}, A, "password_command = d", { pass: "a" }],
    ["a dotfile", {}, {}, "Password_Command = d e", { passwordCommand: "d e" }],
    ["nothing", {}, {}, "", {}],
    ["a switch that no dotfile has", {}, {}, "pass-stdin = yes", {}],
    ["a switch that no variable has", {}, { AWS_OKTA_PASS_STDIN: "yes" }, "", {}],
  ] as const)("%s", (_, flags, variables, dotfile, expected) => {
    expect(way(flags, variables, dotfile)).toEqual({ ...nothing, ...expected });
  });

  test.each([
    [{ pass: "p", "pass-stdin": true }, {}, "--pass and --pass-stdin"],
    [{ "pass-stdin": true, "password-command": "c" }, {}, "--pass-stdin and --password-command"],
    [{}, { ...A, ...B }, "AWS_OKTA_PASS and AWS_OKTA_PASSWORD_COMMAND"],
  ])("two of one kind are a contradiction: %j %j", async (flags, env, both) => {
    expect(await failureOf(() => way(flags, env))).toEqual({
      name: "UsageError",
      code: "OPTION_CONFLICT",
      message: `${both} both say what the password is`,
      hint: "leave one of them out",
    });
  });
});

test("options that are inspected do not show the password", () => {
  expect(`${inspect(optionsFrom({ pass: "hunter2" }), { depth: 9 })} ${JSON.stringify(optionsFrom({ pass: "hunter2" }))}`).not.toContain(
    "hunter2",
  );
});
