import type { Shell } from "@aws-okta-processor/contract";

export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `$${checkName(name)} = ${quote(value)}`)
      .join("\n"),
  unset: (names) => names.map((name) => `\${...}.pop('${checkName(name)}', None)`).join("\n"),
  // Its own $(…) loses what a command printed just before it ended, now and then. @see https://github.com/xonsh/xonsh/issues/2404
  evaluate: 'import shlex, subprocess; execx(subprocess.check_output(shlex.split("…"), text=True))',
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/**
 * A literal of Python in ASCII, so that neither the locale nor what xonsh does with line ends matters.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll(/[^ -~]|['\\]/gu, escapeCharacter)}'`;
}

function escapeCharacter(character: string): string {
  if ("'\\".includes(character)) return `\\${character}`;
  return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
}
