import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-elvish/src/elvish.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-elvish");
runChecks("elvish", shellChecks(shell));

test("each variable has a line of its own, and a quote is doubled", () => {
  expect(shell.render({ A: "it's $x", B: "" })).toBe("set-env A 'it''s $x'\nset-env B ''");
});

test("variables are removed one by one", () => {
  expect(shell.unset(["A", "B"])).toBe("unset-env A\nunset-env B");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

proveShell(shell, ["elvish"]);
