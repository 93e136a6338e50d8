import type { Shell } from "@aws-okta-processor/contract";

/**
 * Lines for Plan 9's rc, as an example: put your shell's in their place. A shell is pure and does not wait: the same variables give the
 * same lines. They hold credentials and are evaluated, so nothing may be read as anything but a name or a value; what your shell cannot
 * carry is refused by an error.
 */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `${checkName(name)}=${quote(value)}`)
      .join("\n"),
  unset: (names) => names.map((name) => `${checkName(name)}=()`).join("\n"),
  // Shown in help; `…` stands for the command. With the usual ifs, rc would split a value at its spaces.
  evaluate: "ifs='' {eval `{…}}",
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/** rc has one kind of quotes, in which only the quote itself is special: it is written twice. */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll("'", "''")}'`;
}
