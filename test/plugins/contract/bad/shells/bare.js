export const shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `export ${checkName(name)}=${checkValue(value)}`)
      .join("; "),
  unset: (names) => names.map((name) => `unset ${checkName(name)}`).join("; "),
  evaluate: 'eval "$(…)"',
};

function checkName(name) {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error("not a name");
  return name;
}

function checkValue(value) {
  if (value.includes("\0")) throw new Error("NUL");
  return value;
}
