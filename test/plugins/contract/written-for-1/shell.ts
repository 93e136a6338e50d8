import type { ContractVersion, Shell } from "@aws-okta-processor/contract";

// As a plugin's author wrote it when contract 1 came out. It is never changed: with it must live whoever changes the contract.

export const contract: ContractVersion = 1;

export const shell: Shell = {
  render: (variables: Readonly<Record<string, string>>): string =>
    Object.entries(variables)
      .map(([name, value]) => `${checkName(name)}=${quote(value)}; export ${name}`)
      .join("; "),
  unset: (names: readonly string[]): string => names.map((name) => `unset ${checkName(name)}`).join("; "),
  evaluate: 'eval "$(…)"',
};

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

function quote(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
