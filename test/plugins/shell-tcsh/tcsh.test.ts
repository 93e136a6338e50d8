import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell as csh } from "../../../plugins/shell-tcsh/src/csh.ts";
import { shell as tcsh } from "../../../plugins/shell-tcsh/src/tcsh.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-tcsh");
runChecks("tcsh", shellChecks(tcsh));
runChecks("csh", shellChecks(csh));

test("each variable has a line of its own, which ends in a semicolon", () => {
  expect(tcsh.render({ A: "a", B: "" })).toBe("setenv A 'a';\nsetenv B '';");
});

test("a quote is closed, escaped and opened again, and an exclamation mark is escaped inside", () => {
  expect(tcsh.render({ A: "it's!" })).toBe("setenv A 'it'\\''s\\!';");
});

test("variables are removed one by one", () => {
  expect(tcsh.unset(["A", "B"])).toBe("unsetenv A;\nunsetenv B;");
});

test.each(["a\nb", "a\r\nb", "a\rb"])("line breaks are refused, as eval would get a space for them: %j", (value) => {
  expect(() => tcsh.render({ A: value })).toThrow("tcsh and csh cannot be given a value with a line break");
});

test("a backslash is refused, as one variable of the shell makes it special", () => {
  expect(() => tcsh.render({ A: "a\\b" })).toThrow("tcsh and csh cannot be given a value with a backslash");
});

test("csh is not given a line that is a word too long for it, tcsh is", () => {
  const longest = "x".repeat(4000 - "setenv A '';".length);
  expect(csh.render({ A: longest, B: longest })).toBe(tcsh.render({ A: longest, B: longest }));
  expect(() => csh.render({ A: `${longest}x` })).toThrow("csh cannot be given a line of more than 4000 bytes; tcsh can");
  expect(() => csh.render({ A: "\u00e9".repeat(longest.length / 2 + 1) })).toThrow(/4000 bytes/);
  expect(tcsh.render({ A: `${longest}x` })).toHaveLength(4001);
});

test("no variables make an empty line", () => {
  expect([tcsh.render({}), tcsh.unset([])]).toEqual(["", ""]);
});

proveShell(tcsh, ["tcsh"]);
proveShell(csh, ["csh"]);
