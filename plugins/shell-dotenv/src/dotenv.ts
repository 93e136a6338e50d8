import type { Shell } from "@aws-okta-processor/contract";

/**
 * A .env file that npm's dotenv, Node's `--env-file`, python-dotenv and a POSIX shell read the same. What they do not agree about is refused.
 *
 * @see https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow
 * @see https://nodejs.org/api/environment_variables.html#env-files
 * @see https://saurabh-kumar.com/python-dotenv/#file-format
 */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `${checkName(name)}=${quote(value)}`)
      .join("\n"),
  unset: (names) => names.map((name) => `${checkName(name)}=`).join("\n"),
  evaluate: "… > .env",
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

/** Single quotes, or double ones around a single one: there all agree, as long as nothing in it is special to any of them. */
function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (/[\r\\]|\$\{/.test(value)) throw new Error("readers of .env files do not agree about a value with a carriage return, \\ or ${");
  if (!value.includes("'")) return `'${value}'`;
  if (/["$`]/.test(value)) throw new Error("readers of .env files do not agree about a value with ' and any of \" $ `");
  return `"${value}"`;
}
