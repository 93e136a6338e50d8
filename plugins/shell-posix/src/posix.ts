import type { Shell } from "@aws-okta-processor/contract";

/** bash, zsh, dash, ksh, mksh, BusyBox's ash: whatever speaks POSIX. */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `export ${checkName(name)}=${quote(value)}`)
      .join(" && "),
  unset: (names) => (names.length === 0 ? "" : `unset ${names.map(checkName).join(" ")}`),
  evaluate: 'eval "$(…)"',
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/** Nothing is special between single quotes but the quote itself: it is closed, escaped and opened again. */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
