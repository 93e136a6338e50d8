/**
 * The file of `$GITHUB_ENV` as its description says: `NAME=value`, or `NAME<<WORD`, lines, and the word alone on a line.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-environment-variable
 */
export function readGithubEnv(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  while (lines.length > 0) {
    const [name, value] = readVariable(lines);
    variables[name] = value;
  }
  return variables;
}

/** Takes away the lines that it read. */
function readVariable(lines: string[]): readonly [string, string] {
  const line = lines.shift() ?? "";
  const [, name = "", operator, rest = ""] = /^(.+?)(=|<<)(.*)$/su.exec(line) ?? [];
  if (operator === "=") return [name, rest];
  const end = lines.indexOf(rest);
  if (operator === undefined || rest === "" || end === -1) throw new Error(`nobody reads this line: ${JSON.stringify(line)}`);
  const value = lines.splice(0, end + 1).slice(0, -1);
  return [name, value.join("\n")];
}

/**
 * What `::add-mask::` commands of a log mask.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 * @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
 */
export function readMasks(log: string): readonly string[] {
  return log
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== "")
    .map((line) => {
      const [, value] = /^::add-mask::(.+)$/su.exec(line) ?? [];
      if (value === undefined) throw new Error(`this masks nothing: ${JSON.stringify(line)}`);
      return value.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
    });
}
