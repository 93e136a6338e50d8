import { shellChecks } from "@aws-okta-processor/contract/conformance";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shell } from "../../../plugins/shell-cmd/src/cmd.ts";
import { anyText } from "../any-text.ts";
import { isTaken } from "../prove-shell.ts";
import { runChecks, runPackageChecks } from "../run-checks.ts";

// cmd is on Windows only and was never run here: its lines are held to what Microsoft says of it.

runPackageChecks("shell-cmd");
runChecks("cmd", shellChecks(shell));

test("each variable has a line of its own, between double quotes", () => {
  expect(shell.render({ A: "a", B: "b c" })).toBe('set "A=a"\nset "B=b c"');
});

test.each(["a/b+c==", " a ", "it's", "a;b,c=d", "(a) [b] {c}", "~`*?#@$\\", "x".repeat(4000)])(
  "a value is carried as it is: %s",
  (value) => {
    expect(readLine(shell.render({ A: value }))).toEqual(["A", value]);
  },
);

test.each(['"', "%", "^", "&", "|", "<", ">", "!", "%PATH%", "a&b"])("what is special to cmd is refused: %s", (value) => {
  expect(() => shell.render({ A: value })).toThrow('cmd cannot be given a value with any of " % ^ & | < > !');
});

test.each(["\n", "a\r\nb", "\t", "\u001b", "\u007f", "\u00e9", "\u201c"])("what is not printable ASCII is refused: %j", (value) => {
  expect(() => shell.render({ A: value })).toThrow("cmd can only be given the printable characters of ASCII");
});

test("an empty value is refused: it would remove the variable", () => {
  expect(() => shell.render({ A: "" })).toThrow("cmd cannot hold an empty variable: to set it is to remove it");
});

test("a line that is longer than cmd takes, with the @ before it, is refused", () => {
  const longest = "x".repeat(8191 - '@set "A="'.length);
  expect(shell.render({ A: longest })).toHaveLength(8190);
  expect(() => shell.render({ A: `${longest}x` })).toThrow("cmd cannot be given a line of more than 8190 characters");
});

test("whatever is not refused reads back by Microsoft's rules", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string()), (value) => {
      if (isTaken(value, shell)) expect(readLine(shell.render({ A: value }))).toEqual(["A", value]);
    }),
  );
});

test("a variable that is set to nothing is removed", () => {
  expect(shell.unset(["A", "B"])).toBe('set "A="\nset "B="');
});

test("no variables make an empty line", () => {
  expect([shell.render({}), shell.unset([])]).toEqual(["", ""]);
});

/**
 * A line as `for /f "delims="` hands it to set: whole, unless it is empty or starts with a semicolon. Percent signs, and exclamation marks
 * where they are turned on, expand between quotes too; other special characters do not count there; a quote ends that.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/for
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 * @returns the name and the value, or undefined for what is read otherwise
 */
function readLine(line: string): readonly string[] | undefined {
  if (line === "" || line.startsWith(";") || line.includes("\n") || `@${line}`.length > 8191) return undefined;
  const [, name = "", value = ""] = /^set "([^"=%!]+)=([^"%!]+)"$/.exec(line) ?? [];
  return name === "" ? undefined : [name, value];
}
