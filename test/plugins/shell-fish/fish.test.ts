import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-fish/src/fish.ts";
import { runLines } from "../evaluate-in.ts";
import { proveShell } from "../prove-shell.ts";
import { isInstalled, nameOf, realShell } from "../real-shells.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-fish");
runChecks("fish", shellChecks(shell));

test("credentials become one line of exports", () => {
  const lines = shell.render({
    AWS_ACCESS_KEY_ID: "A",
    AWS_SECRET_ACCESS_KEY: "S",
    AWS_SESSION_TOKEN: "T",
    AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
  });
  expect(lines).toBe(
    "set --export AWS_ACCESS_KEY_ID 'A'; and set --export AWS_SECRET_ACCESS_KEY 'S'; and set --export AWS_SESSION_TOKEN 'T'; " +
      "and set --export AWS_CREDENTIAL_EXPIRATION '2099-01-01T00:00:00Z';",
  );
});

test("a backslash and a quote are escaped, nothing else is", () => {
  expect(shell.render({ A: "it's \\ $HOME" })).toBe("set --export A 'it\\'s \\\\ $HOME';");
});

test("variables are removed one by one", () => {
  expect(shell.unset(["A", "B"])).toBe("set --erase A; set --erase B;");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

proveShell(shell, ["fish"]);

const fish = realShell("fish");

test.skipIf(!isInstalled(fish))(`what cannot be removed does not stop what comes after it: ${nameOf(fish)}`, async () => {
  const output = await runLines(fish, ["set --export B b", shell.unset(["AOP_NOT_THERE", "B"])]);
  expect(output.split("\0").filter((line) => line.startsWith("B="))).toEqual([]);
});
