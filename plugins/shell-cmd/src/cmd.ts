import type { Shell } from "@aws-okta-processor/contract";

/** With the `@` that the line of help puts before it. @see https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation */
const LONGEST_LINE = 8191 - "@".length;

/**
 * The command prompt of Windows. It has no quoting that holds everywhere, so what it would not take literally is refused.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/set_1
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd
 */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => lineOf(name, value))
      .join("\n"),
  unset: (names) => names.map((name) => `set "${checkName(name)}="`).join("\n"),
  // At the prompt; in a batch file it is %%i. @see https://learn.microsoft.com/windows-server/administration/windows-commands/for
  evaluate: `for /f "delims=" %i in ('…') do @%i`,
};

function lineOf(name: string, value: string): string {
  const line = `set "${checkName(name)}=${checkValue(value)}"`;
  if (line.length > LONGEST_LINE) throw new Error(`cmd cannot be given a line of more than ${LONGEST_LINE} characters`);
  return line;
}

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/** Beyond ASCII its code page decides what is read. */
function checkValue(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (value === "") throw new Error("cmd cannot hold an empty variable: to set it is to remove it");
  if (/[^ -~]/.test(value)) throw new Error("cmd can only be given the printable characters of ASCII");
  if (/["%^&|<>!]/.test(value)) throw new Error('cmd cannot be given a value with any of " % ^ & | < > !');
  return value;
}
