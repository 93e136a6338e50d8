import { expect, test } from "vitest";
import { OPTIONS, optionsOf } from "../../src/options/table.ts";

const names = (command: "authenticate" | "get-roles") => optionsOf(command).map(({ name }) => name);

test("each command takes everything but what is of the other alone", () => {
  const all = OPTIONS.map(({ name }) => name);
  const ofTheList = ["output-format", "all-applications", "profile-style", "profile-name", "profile-region", "write", "prune", "yes"];
  expect([names("authenticate"), names("get-roles")]).toEqual([
    all.filter((name) => !ofTheList.includes(name) && name !== "plugins-allow"),
    all.filter((name) => name !== "unset" && name !== "plugins-allow"),
  ]);
});

test("what the original did not have is marked, for the flags that may be shortened are its own", () => {
  expect(OPTIONS.filter(({ added }) => added === true).map(({ name }) => name)).toEqual([
    "pass-stdin",
    "password-command",
    "keychain",
    "factor-code",
    "factor-code-command",
    "remember-device",
    "all-applications",
    "unset",
    "role-suffix-delimiter",
    "profile-style",
    "profile-name",
    "profile-region",
    "write",
    "prune",
    "yes",
    "cache-encryption",
    "cache-fallback",
    "timeout",
    "ca-bundle",
    "plugins-allow",
  ]);
  expect(OPTIONS.filter(({ added }) => Array.isArray(added)).map(({ name, added }) => [name, added])).toEqual([
    ["output", ["authenticate"]],
  ]);
});

test("every option has its own flag, letter and variable", () => {
  for (const column of ["name", "char", "env"] as const) {
    const values = OPTIONS.flatMap((row) => row[column] ?? []);
    expect(new Set(values).size).toBe(values.length);
  }
});

test("a variable is called as its flag is", () => {
  const withVariable = OPTIONS.filter(({ flagOnly }) => flagOnly !== true);
  expect(withVariable.map(({ env }) => env)).toEqual(withVariable.map(({ name }) => `AWS_OKTA_${name.toUpperCase().replaceAll("-", "_")}`));
});

test("what has no variable is a flag only", () => {
  expect(OPTIONS.filter(({ env }) => env === undefined).map(({ name }) => name)).toEqual(["pass-stdin", "unset", "write", "prune", "yes"]);
});

test("only the password is secret, and the code that is not taken", () => {
  expect(OPTIONS.filter(({ secret }) => secret === true).map(({ name, refused }) => [name, refused !== undefined])).toEqual([
    ["pass", false],
    ["factor-code", true],
  ]);
});

test("what would run or send something is not set by a stranger's dotfile", () => {
  const guarded = OPTIONS.flatMap(({ name, fromWorkingDirectory }) =>
    fromWorkingDirectory === undefined ? [] : [[name, fromWorkingDirectory]],
  );
  expect(guarded).toEqual([
    ["password-command", "never"],
    ["keychain", "never"],
    ["factor-code-command", "never"],
    ["sign-in-url", "aws-only"],
    ["cache-encryption", "never"],
    ["cache-fallback", "never"],
    ["ca-bundle", "never"],
    ["plugins-allow", "never"],
  ]);
});

test("letters are the original's", () => {
  expect(Object.fromEntries(OPTIONS.flatMap(({ char, name }) => (char === undefined ? [] : [[char, name]])))).toEqual({
    o: "organization",
    u: "user",
    p: "pass",
    f: "factor",
    a: "application",
    r: "role",
    A: "account-alias",
    R: "region",
    d: "duration",
    U: "sign-in-url",
    e: "environment",
    s: "silent",
    k: "key",
  });
});
