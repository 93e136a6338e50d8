import type { Shell } from "@aws-okta-processor/contract";

export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `$${checkName(name)} = ${quote(value)}`)
      .join("\n"),
  unset: (names) => names.map((name) => `\${...}.pop('${checkName(name)}', None)`).join("\n"),
  evaluate: "execx($(…))",
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
