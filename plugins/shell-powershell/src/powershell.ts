import type { Shell } from "@aws-okta-processor/contract";

/** Windows PowerShell 5.1 and PowerShell 7. */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `$env:${checkName(name)}=${quote(value)}`)
      .join("; "),
  unset: (names) => {
    if (names.length === 0) return "";
    const paths = names.map((name) => `Env:\\${checkName(name)}`);
    return `Remove-Item ${paths.join(", ")} -ErrorAction SilentlyContinue`;
  },
  evaluate: "… | Out-String | Invoke-Expression",
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/**
 * PowerShell takes the four typographic single quotes for `'`; each is written twice to stand for itself.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
}
