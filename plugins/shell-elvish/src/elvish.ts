import type { Shell } from "@aws-okta-processor/contract";

export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `set-env ${checkName(name)} ${quote(value)}`)
      .join("\n"),
  unset: (names) => names.map((name) => `unset-env ${checkName(name)}`).join("\n"),
  // Without slurp, eval would be given an argument for each line.
  evaluate: "eval (… | slurp)",
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/**
 * Between single quotes only the quote itself is special: it is written twice.
 *
 * @see https://elv.sh/ref/language.html#single-quoted-string
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll("'", "''")}'`;
}
