import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-xonsh/src/xonsh.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-xonsh");
runChecks("xonsh", shellChecks(shell));

test("each variable has a line of its own, a literal of Python in ASCII", () => {
  expect(shell.render({ A: "it's \\ $x", B: "\n\u{1f511}" })).toBe("$A = 'it\\'s \\\\ $x'\n$B = '\\U0000000a\\U0001f511'");
});

test("variables are removed one by one, and one that is not there is none to mind", () => {
  expect(shell.unset(["A", "B"])).toBe(`\${...}.pop('A', None)\n\${...}.pop('B', None)`);
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

proveShell(shell, ["xonsh"]);
