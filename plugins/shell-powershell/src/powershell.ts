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
 * Between single quotes only the quote itself is special: it is written twice.
 *
 * PowerShell decodes what a command prints by the code page of the console, where letters may become typographic quotes, which it takes for
 * `'`; and it splits it into lines, to join them with line ends of its own.
 *
 * @see https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (value === "") throw new Error("PowerShell cannot hold an empty variable before version 7.5: to set it is to remove it");
  if (/[^ -~]/.test(value)) throw new Error("PowerShell can only be given the printable characters of ASCII");
  return `'${value.replaceAll("'", "''")}'`;
}
