import type { Shell } from "@aws-okta-processor/contract";

/** Takes variables as JSON, so JSON does the quoting; null removes one, so that one line of help serves both. */
export const shell: Shell = {
  render: (variables) => {
    for (const [name, value] of Object.entries(variables)) check(name, value);
    return JSON.stringify(variables);
  },
  unset: (names) => JSON.stringify(Object.fromEntries(names.map((name) => [check(name, ""), null]))),
  evaluate: "… | from json | load-env",
};

function check(name: string, value: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return name;
}
