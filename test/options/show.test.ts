import { expect, test } from "vitest";
import type { CommandName } from "../../src/options/option-row.ts";
import { gatherOptions } from "../../src/options/resolve.ts";
import { formatOptions } from "../../src/options/show.ts";
import { useFolder } from "../support/folder.ts";

interface Shown {
  readonly command?: CommandName;
  readonly cwd?: string;
  readonly platform?: string;
}

/** What is shown of each option. */
function show(env: Readonly<Record<string, string>>, { command = "authenticate", cwd = "/nowhere", platform = "linux" }: Shown = {}) {
  const lines = formatOptions(command, gatherOptions(command, {}, { env, cwd, home: undefined, platform })).split("\n");
  return Object.fromEntries(lines.slice(0, -1).map((line) => [line.split(" ")[0] ?? "", line.replace(/^\S+\s+/, "")]));
}

test("every option of a command that a variable may give has its line, in the table's order, and no other", () => {
  expect(Object.keys(show({}))).toEqual([
    "organization",
    "user",
    "pass",
    "password-command",
    "keychain",
    "factor",
    "factor-code-command",
    "remember-device",
    "application",
    "role",
    "secondary-role",
    "account-alias",
    "region",
    "duration",
    "sign-in-url",
    "environment",
    "silent",
    "target-shell",
    "key",
    "no-okta-cache",
    "no-aws-cache",
    "cache-encryption",
    "cache-fallback",
    "timeout",
    "ca-bundle",
    "plugins-allow",
  ]);
  expect(Object.keys(show({}, { command: "get-roles" }))).toEqual([
    "organization",
    "user",
    "pass",
    "password-command",
    "keychain",
    "factor",
    "factor-code-command",
    "remember-device",
    "application",
    "role",
    "account-alias",
    "all-applications",
    "sign-in-url",
    "silent",
    "output",
    "output-format",
    "role-suffix-delimiter",
    "profile-style",
    "profile-name",
    "profile-region",
    "no-okta-cache",
    "cache-encryption",
    "cache-fallback",
    "timeout",
    "ca-bundle",
    "plugins-allow",
  ]);
});

test("columns are aligned, and no line ends in spaces", () => {
  const text = formatOptions(
    "get-roles",
    gatherOptions("get-roles", {}, { env: { AWS_OKTA_USER: "jdoe" }, cwd: "/nowhere", home: undefined, platform: "linux" }),
  );
  expect(text).toBe(
    [
      "organization           -",
      'user                   "jdoe"              AWS_OKTA_USER',
      "pass                   -",
      "password-command       -",
      'keychain               "keychain"          default',
      "factor                 -",
      "factor-code-command    -",
      "remember-device        -",
      "application            -",
      "role                   -",
      "account-alias          -",
      "all-applications       -",
      "sign-in-url            -",
      "silent                 -",
      'output                 "json"              default',
      'output-format          "{account},{role}"  default',
      'role-suffix-delimiter  "-"                 default',
      'profile-style          "credentials"       default',
      "profile-name           -",
      "profile-region         -",
      "no-okta-cache          -",
      'cache-encryption       "none"              default',
      'cache-fallback         "nothing"           default',
      'timeout                "30"                default',
      "ca-bundle              -",
      "plugins-allow          -",
      "",
    ].join("\n"),
  );
});

test("a value is told with its source, as it was written", () => {
  const folder = useFolder({ ".awsoktaprocessor": "[defaults]\nduration = 1h\nsilent: maybe\n[authenticate]\nRole = Dev*\n" });
  expect(show({ AWS_OKTA_USER: "jdoe" }, { cwd: folder.path })).toMatchObject({
    user: expect.stringMatching(/^"jdoe" +AWS_OKTA_USER$/),
    duration: expect.stringContaining(`duration in [defaults] of ${folder.path}/.awsoktaprocessor`),
    silent: expect.stringMatching(/^"maybe" /),
    role: expect.stringMatching(/^"Dev\*" +role in \[authenticate\] of /),
    "target-shell": expect.stringMatching(/^"bash" +default$/),
    factor: "-",
  });
});

test("an empty key is a value, an empty variable is none", () => {
  expect(show({ AWS_OKTA_KEY: "", AWS_OKTA_USER: "" })).toMatchObject({ key: expect.stringMatching(/^"" +AWS_OKTA_KEY$/), user: "-" });
});

test("the default of Windows is shown there", () => {
  expect(show({}, { platform: "win32" })["target-shell"]).toMatch(/^"powershell" +default$/);
});

test("a password is not shown, not even its length, nor one that stands in a URL", () => {
  const env = {
    AWS_OKTA_PASS: "hunter2",
    AWS_OKTA_APPLICATION: "https://jdoe:hunter2@acme.okta.com/home",
    AWS_OKTA_ORGANIZATION: "jdoe:hunter2@acme.okta.com",
    AWS_OKTA_SIGN_IN_URL: "https://:hunter2@acme.example",
  };
  const shown = show(env);
  expect(JSON.stringify(shown)).not.toContain("hunter2");
  expect(shown).toMatchObject({
    pass: expect.stringMatching(/^\*{8} +AWS_OKTA_PASS$/),
    organization: expect.stringMatching(/^"…@acme\.okta\.com" /),
  });
  expect(show({ AWS_OKTA_PASS: "x" })["pass"]).toBe(show({ AWS_OKTA_PASS: "longer" })["pass"]);
});

test("no value speaks to the terminal", () => {
  const text = formatOptions(
    "authenticate",
    gatherOptions(
      "authenticate",
      {},
      { env: { AWS_OKTA_ROLE: "a\u001b[2Jb\nc\u009bd\u202e\u2028\u{e0001}" }, cwd: "/nowhere", home: undefined, platform: "linux" },
    ),
  );
  expect(text).toContain(String.raw`"a\u001b[2Jb\nc\u009bd\u202e\u2028\udb40\udc01"`);
  expect(text).toMatch(/^[ -~\n]*$/);
});
