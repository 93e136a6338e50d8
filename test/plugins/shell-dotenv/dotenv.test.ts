import { formatChecks, shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-dotenv/src/dotenv.ts";
import { format } from "../../../plugins/shell-dotenv/src/format.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-dotenv");
runChecks("dotenv", shellChecks(shell));
runChecks("dotenv as a format", formatChecks(format));

test.each([
  ["plain", "A='plain'"],
  ["", "A=''"],
  ['say "x" $HOME `x` # no comment', "A='say \"x\" $HOME `x` # no comment'"],
  ["it's", 'A="it\'s"'],
  ["two\nlines", "A='two\nlines'"],
  ["it's\ntwo", 'A="it\'s\ntwo"'],
])("single quotes, and double ones around a single one: %j", (value, line) => {
  expect(shell.render({ A: value })).toBe(line);
});

test.each(["\r", "\\", "a\\b", "$" + "{x}", "'\"", "'$", "'`"])("what readers do not agree about is refused: %j", (value) => {
  expect(() => shell.render({ A: value })).toThrow(/^readers of \.env files do not agree about a value with [^\n]+$/);
});

test("a file of variables cannot remove one, and empties it", () => {
  expect(shell.unset(["A", "B"])).toBe("A=\nB=");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

const readers = ["npm dotenv", "node util.parseEnv", "node --env-file", "python-dotenv", "sh that reads .env"];
proveShell(shell, readers, { unsetEmpties: true });
