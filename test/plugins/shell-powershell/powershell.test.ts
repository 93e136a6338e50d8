import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-powershell/src/powershell.ts";
import { anyText } from "../any-text.ts";
import { isTaken, proveShell } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

runPackageChecks("shell-powershell");
runChecks("powershell", shellChecks(shell));

test("credentials become one line of assignments", () => {
  const lines = shell.render({
    AWS_ACCESS_KEY_ID: "A",
    AWS_SECRET_ACCESS_KEY: "S",
    AWS_SESSION_TOKEN: "T",
    AWS_CREDENTIAL_EXPIRATION: "2099-01-01T00:00:00Z",
  });
  expect(lines).toBe(
    "$env:AWS_ACCESS_KEY_ID='A'; $env:AWS_SECRET_ACCESS_KEY='S'; $env:AWS_SESSION_TOKEN='T'; " +
      "$env:AWS_CREDENTIAL_EXPIRATION='2099-01-01T00:00:00Z'",
  );
});

test.each([
  ["it's", "'it''s'"],
  ["'", "''''"],
  ["''", "''''''"],
  ["ends with '", "'ends with '''"],
  ["$env:PATH $(exit 3)", "'$env:PATH $(exit 3)'"],
  ["` `n", "'` `n'"],
  ['" @" "@', `'" @" "@'`],
  ["# ; | & \\ %", "'# ; | & \\ %'"],
])("a quote is doubled, and nothing else is special between single quotes: %s", (value, quoted) => {
  expect(shell.render({ A: value })).toBe(`$env:A=${quoted}`);
  expect(readQuoted(quoted)).toBe(value);
});

test("any value that is not refused reads back by PowerShell's rule for single quotes", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string()), (value) => {
      if (isTaken(value, shell)) expect(readQuoted(shell.render({ A: value }).slice("$env:A=".length))).toBe(value);
    }),
  );
});

test.each(["two\nlines", "a\r\nb", "a\tb", "\u001b[31m", "\u00e9", "\u2019; exit 3; \u2019", "\u0411"])(
  "what the console may make something else of is refused: %j",
  (value) => {
    expect(() => shell.render({ A: value })).toThrow("PowerShell can only be given the printable characters of ASCII");
  },
);

test("an empty value is refused: before version 7.5 it removes the variable", () => {
  expect(() => shell.render({ A: "" })).toThrow(/^PowerShell cannot hold an empty variable before version 7\.5/);
});

test("variables are removed in one line that does not mind what is missing", () => {
  expect(shell.unset(["A", "B"])).toBe("Remove-Item Env:\\A, Env:\\B -ErrorAction SilentlyContinue");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

proveShell(shell, ["pwsh"]);

/**
 * A verbatim string as the grammar has it: a single quote of any kind ends it, unless another one follows, which is then the character.
 *
 * @see https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02
 */
function readQuoted(text: string): string | undefined {
  const isQuote = (character: string | undefined) => character !== undefined && "'\u2018\u2019\u201a\u201b".includes(character);
  if (!isQuote(text[0])) return undefined;
  let value = "";
  for (let index = 1; index < text.length; index += 1) {
    if (isQuote(text[index])) {
      index += 1;
      if (index === text.length) return value;
      if (!isQuote(text[index])) return undefined;
    }
    value += text[index] ?? "";
  }
  return undefined;
}
