import { shellChecks } from "@aws-okta-processor/contract/conformance";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-dotenv/src/env-file.ts";
import { proveShell } from "../prove-shell.ts";
import { runChecks } from "../run-checks.ts";

runChecks("env-file", shellChecks(shell));

test("each variable has a line of its own, without quotes", () => {
  expect(shell.render({ A: "a b#c;d=e", B: "" })).toBe("A=a b#c;d=e\nB=");
});

test.each(["\n", "a\tb", "a\u0085b", "\u2028", "\u202e"])("what does not print is refused: %j", (value) => {
  expect(() => shell.render({ A: value })).toThrow("an env file can only be given printable characters");
});

test.each(["it's", '"', "`", "\\", "$", "%"])("what one of the two might take for more than itself is refused: %j", (value) => {
  expect(() => shell.render({ A: value })).toThrow("an env file cannot be given a value with any of \" ' ` \\ $ %");
});

test.each([" a", "a ", "\u00a0a", "#a", ";a"])("what one of the two might drop is refused: %j", (value) => {
  expect(() => shell.render({ A: value })).toThrow(/starts with a space, # or ;, or ends with a space$/);
});

test("a line that docker would not read is refused", () => {
  expect(shell.render({ A: "x".repeat(64_998) })).toHaveLength(65_000);
  expect(() => shell.render({ A: "x".repeat(64_999) })).toThrow("an env file cannot have a line of more than 65000 bytes");
});

test("a file of variables cannot remove one, and empties it", () => {
  expect(shell.unset(["A", "B"])).toBe("A=\nB=");
});

proveShell(shell, ["docker's published description", "systemd"], { unsetEmpties: true });
