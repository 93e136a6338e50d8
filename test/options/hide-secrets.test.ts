import fc from "fast-check";
import { expect, test } from "vitest";
import { expandFlags } from "../../src/options/expand-flags.ts";
import { hideSecrets, hideSecretVariables } from "../../src/options/hide-secrets.ts";

test.each([
  [["authenticate", "--pass", "hunter2", "-s"], ["authenticate", "--pass", "[secret]", "-s"], { pass: "hunter2" }],
  [["--pass=hunter2"], ["--pass", "[secret]"], { pass: "hunter2" }],
  [["-p", "hunter2"], ["-p", "[secret]"], { pass: "hunter2" }],
  [["-phunter2"], ["-p", "[secret]"], { pass: "hunter2" }],
  [["-p=hunter2"], ["-p", "[secret]"], { pass: "hunter2" }],
  [["-esp", "hunter2"], ["-esp", "[secret]"], { pass: "hunter2" }],
  [["-esphunter2"], ["-esp", "[secret]"], { pass: "hunter2" }],
  [["--pass="], ["--pass", "[secret]"], { pass: "" }],
  [["--pass=a=b"], ["--pass", "[secret]"], { pass: "a=b" }],
  [["--pass", "--user"], ["--pass", "[secret]"], { pass: "--user" }],
  [["--pass", "one", "-p", "two"], ["--pass", "[secret]", "-p", "[secret]"], { pass: "two" }],
  [["--pass"], ["--pass"], {}],
])("in %j the secret is taken out", (argv, shown, secrets) => {
  expect(hideSecrets(argv)).toEqual({ argv: shown, secrets });
});

test.each([[["--password", "x"]], [["--passphrase=x"]], [["-up"]], [["-u", "jdoe"]], [["--user=-p"]], [[]]])("%j holds none", (argv) => {
  expect(hideSecrets(argv)).toEqual({ argv, secrets: {} });
});

test("wherever it stands, no line shows the password", () => {
  const word = fc.constantFrom("authenticate", "-s", "-e", "--user", "jdoe", "--silent", "-k", "key");
  const form = fc.constantFrom(["--pass", "hunter2"], ["--pass=hunter2"], ["-p", "hunter2"], ["-phunter2"], ["-sp", "hunter2"]);
  fc.assert(
    fc.property(fc.array(word), form, fc.array(word), (before, given, after) => {
      const { argv, secrets } = hideSecrets([...before, ...given, ...after]);
      expect([argv.join(" ").includes("hunter2"), secrets]).toEqual([false, { pass: "hunter2" }]);
    }),
  );
});

test.each([["--factor-code", "123456"], ["--factor-code=123456"], ["--factor-cod", "123456"], ["--factor-c=123456"]])(
  "a code is hidden though it is refused: %s",
  (...given) => {
    expect(hideSecrets(expandFlags(["authenticate", ...given]))).toEqual({
      argv: ["authenticate", "--factor-code", "[secret]"],
      secrets: { "factor-code": "123456" },
    });
  },
);

test("programs that we start see no variable that holds a secret, in any case of its letters", () => {
  const env = { PATH: "/bin", AWS_OKTA_PASS: "hunter2", Aws_Okta_Factor_Code: "123456", AWS_OKTA_PASSWORD_COMMAND: "pass okta" };
  expect(hideSecretVariables(env)).toEqual({ PATH: "/bin", AWS_OKTA_PASSWORD_COMMAND: "pass okta" });
});
