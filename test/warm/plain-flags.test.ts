import { expect, test } from "vitest";
import { readPlainFlags } from "../../src/warm/plain-flags.ts";

test.each([
  ["authenticate", {}],
  ["authenticate --user jdoe --silent --key k", { user: "jdoe", silent: true, key: "k" }],
  ["authenticate -u jdoe -s -e -k k", { user: "jdoe", silent: true, environment: true, key: "k" }],
  ["authenticate --user=jdoe --role=arn:aws:iam::1:role/a=b", { user: "jdoe", role: "arn:aws:iam::1:role/a=b" }],
  ["authenticate --user= --key=", { user: "", key: "" }],
  [
    "authenticate -A x -R eu-west-1 -U https://x -a https://y",
    { "account-alias": "x", region: "eu-west-1", "sign-in-url": "https://x", application: "https://y" },
  ],
  [
    "authenticate --factor-code-command x --pass-stdin --remember-device",
    { "factor-code-command": "x", "pass-stdin": true, "remember-device": true },
  ],
  ["authenticate --password-command=x", { "password-command": "x" }],
  ["authenticate --role-suffix-delimiter _", { "role-suffix-delimiter": "_" }],
  ["authenticate --user --silent", undefined],
  ["authenticate --user", undefined],
  ["authenticate --user -x", undefined],
  ["authenticate --user=-x", undefined],
  ["authenticate -u=jdoe", undefined],
  ["authenticate -ujdoe", undefined],
  ["authenticate -se", undefined],
  ["authenticate --silent=true", undefined],
  ["authenticate --no-silent", undefined],
  ["authenticate --user a --user b", undefined],
  ["authenticate -u a --user b", undefined],
  ["authenticate -s -s", undefined],
  ["authenticate --output json --unset", { output: "json", unset: true }],
  ["authenticate --output-format x", undefined],
  ["authenticate --help", undefined],
  ["authenticate -h", undefined],
  ["authenticate --version", undefined],
  ["authenticate --us jdoe", undefined],
  ["authenticate --User jdoe", undefined],
  ["authenticate --", undefined],
  ["authenticate -", undefined],
  ["authenticate x", undefined],
  ["get-roles --user jdoe", undefined],
  ["--user jdoe authenticate", undefined],
  ["authenticat", undefined],
  ["", undefined],
])("of %j the flags are %j", (line, flags) => {
  expect(readPlainFlags(line.split(" "))).toEqual(flags);
});

test("a value may hold anything that is not another flag", () => {
  expect([
    readPlainFlags(["authenticate", "--key", "a b\n--c"]),
    readPlainFlags(["authenticate", "--key=a\nb"]),
    readPlainFlags([]),
  ]).toEqual([{ key: "a b\n--c" }, { key: "a\nb" }, undefined]);
});
