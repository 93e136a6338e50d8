import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-nushell/src/nushell.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-nushell");
runChecks("nushell", shellChecks(shell));

test("variables are one object of JSON", () => {
  expect(shell.render({ A: "it's", B: 'a"b\n' })).toBe('{"A":"it\'s","B":"a\\"b\\n"}');
});

test("null removes a variable, by the same line of help", () => {
  expect(shell.unset(["A", "B"])).toBe('{"A":null,"B":null}');
});

test("no variables make an empty object, for there has to be JSON", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["{}", "{}"]);
});

proveShell(shell, ["nu"]);
