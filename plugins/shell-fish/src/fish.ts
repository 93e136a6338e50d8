import type { Shell } from "@aws-okta-processor/contract";

export const shell: Shell = {
  render: (variables) => {
    const commands = Object.entries(variables).map(([name, value]) => `set --export ${checkName(name)} ${quote(value)}`);
    return commands.length === 0 ? "" : `${commands.join("; and ")};`;
  },
  unset: (names) => names.map((name) => `set --erase ${checkName(name)};`).join(" "),
  // Not `eval (…)`: fish splits what a command printed at its newlines, and a value may hold one.
  evaluate: "… | source",
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/**
 * Between fish's single quotes a backslash escapes the quote and itself.
 *
 * @see https://fishshell.com/docs/current/language.html#quotes
 */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll(/[\\']/g, "\\$&")}'`;
}
