/** What a cell of docs/caches.md stands for. */
export interface Given {
  readonly flags: Readonly<Record<string, string | boolean>>;
  readonly env: Readonly<Record<string, string>>;
}

/** Reads `--role ARN --no-aws-cache`, `AWS_OKTA_KEY=` or `–`; names of the page stand for values of the test. */
export function readGiven(cell: string, names: Readonly<Record<string, string>>): Given {
  const flags: Record<string, string | boolean> = {};
  const env: Record<string, string> = {};
  for (const [text, flag = "", value, variable, content = ""] of cell.matchAll(/--([a-z-]+)(?: ([^-\s]\S*))?|([A-Z_]+)=(\S*)/g)) {
    if (text.startsWith("--")) flags[flag] = value === undefined ? true : (names[value] ?? value);
    else env[variable ?? ""] = content;
  }
  if (cell !== "–" && Object.keys({ ...flags, ...env }).length === 0) throw new Error(`nobody reads this cell: ${cell}`);
  return { flags, env };
}
