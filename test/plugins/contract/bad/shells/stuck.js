/** What it puts in the place of a quote has quotes again. */
export const shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => `${checkName(name)}='${quote(value)}'`)
      .join(" "),
  unset: (names) => names.map((name) => `${checkName(name)}=`).join(" "),
  evaluate: "…",
};

function checkName(name) {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error("not a name");
  return name;
}

function quote(value) {
  if (value.includes("\0")) throw new Error("NUL");
  let quoted = value;
  while (quoted.includes("'")) quoted = quoted.slice(0, 100).replaceAll("'", "''");
  return quoted;
}
