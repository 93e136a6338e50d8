import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shell } from "../../../plugins/shell-powershell/src/powershell.ts";
import { anyText } from "../any-text.ts";
import { evaluateIn, isInstalled, nameOf, type RealShell } from "../real-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

const pwsh: RealShell = { command: "pwsh", args: ["-NoProfile", "-NonInteractive", "-Command"] };

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

test("every kind of single quote is doubled", () => {
  expect(shell.render({ A: "' \u2018 \u2019 \u201a \u201b \u201c $x `" })).toBe(
    "$env:A=''' \u2018\u2018 \u2019\u2019 \u201a\u201a \u201b\u201b \u201c $x `'",
  );
});

test("any value reads back by PowerShell's rule for single quotes", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      expect(readQuoted(shell.render({ A: value }).slice("$env:A=".length))).toBe(value);
    }),
  );
});

test("variables are removed in one line that does not mind what is missing", () => {
  expect(shell.unset(["A", "B"])).toBe("Remove-Item Env:\\A, Env:\\B -ErrorAction SilentlyContinue");
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

describe.skipIf(!isInstalled("pwsh"))(nameOf(pwsh), () => {
  runChecks("conformance", shellChecks(shell, { evaluate: (...outputs) => evaluateIn(pwsh, outputs.join("\n")) }));
});

/** What PowerShell's tokenizer does: a single quote of any kind ends the string, unless another one follows, which is then the character. */
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
