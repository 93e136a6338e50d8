import type { Shell } from "@aws-okta-processor/contract";

export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `setenv ${checkName(name)} ${quote(value)};`)
      .join("\n"),
  unset: (names) => names.map((name) => `unsetenv ${checkName(name)};`).join("\n"),
  // The double quotes keep tabs and spaces that stand side by side; line ends become spaces, which the semicolons allow for.
  evaluate: 'eval "`…`"',
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/**
 * Between single quotes two are special: the quote itself, which is closed, escaped and opened again, and the `!` of the history.
 *
 * @see https://man.archlinux.org/man/tcsh.1#Lexical_structure
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (/[\r\n]/.test(value)) throw new Error("tcsh and csh cannot be given a value with a line break");
  // Its variable backslash_quote makes it special between single quotes too.
  if (value.includes("\\")) throw new Error("tcsh and csh cannot be given a value with a backslash");
  return `'${value.replaceAll("'", `'\\''`).replaceAll("!", "\\!")}'`;
}
