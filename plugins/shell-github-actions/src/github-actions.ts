import type { Shell } from "@aws-okta-processor/contract";

/** When they expire is no secret, and a log may tell it. */
const PUBLIC: readonly string[] = ["AWS_CREDENTIAL_EXPIRATION"];

const FILE = '"$GITHUB_ENV"';

/** Where nobody masks, nothing is printed. */
const GUARD = `: "\${GITHUB_ENV:?is set in a step of a GitHub Actions workflow, which this is for}"`;

/**
 * Lines of POSIX sh that have the log mask each value, and only then give them to the steps that follow.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const shell: Shell = {
  render: (variables) => {
    const entries = Object.entries(variables);
    const masks = entries.filter(([name, value]) => value !== "" && !PUBLIC.includes(name)).map(([, value]) => maskOf(value));
    const commands = [print(masks), append(entries.flatMap(([name, value]) => assign(checkName(name), value)))];
    return guarded(commands.filter((command) => command !== ""));
  },
  unset: (names) => guarded(names.length === 0 ? [] : [append(names.map((name) => `${checkName(name)}=`))]),
  evaluate: 'eval "$(…)"',
};

function guarded(commands: readonly string[]): string {
  return commands.length === 0 ? "" : [GUARD, ...commands].join(" &&\n");
}

function print(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `printf '%s\\n' ${lines.map(quote).join(" ")}`;
}

function append(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${print(lines)} >> ${FILE}`;
}

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

function maskOf(value: string): string {
  return `::add-mask::${value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`;
}

/** A value with line breaks stands between two lines of its own, of a word that is not in it. */
function assign(name: string, value: string): readonly string[] {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (value.includes("\r")) throw new Error("GitHub's runners do not agree about a value with a carriage return");
  if (!value.includes("\n")) return [`${name}=${value}`];
  const delimiter = delimiterFor(value);
  return [`${name}<<${delimiter}`, value, delimiter];
}

function delimiterFor(value: string): string {
  let delimiter = "END";
  while (value.includes(delimiter)) delimiter += "_";
  return delimiter;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
