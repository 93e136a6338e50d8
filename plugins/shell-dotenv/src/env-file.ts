import type { Shell } from "@aws-okta-processor/contract";

/** Docker reads lines of less than 64 KiB. @see https://pkg.go.dev/bufio#pkg-constants */
const LONGEST_LINE = 65_000;

/**
 * A file that `docker run --env-file` and systemd's `EnvironmentFile=` both read literally. It has no quoting: docker would keep the quotes,
 * systemd drops them.
 *
 * @see https://docs.docker.com/reference/cli/docker/container/run/#env
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
 */
export const shell: Shell = {
  render: (variables) =>
    Object.entries(variables)
      .map(([name, value]) => lineOf(name, value))
      .join("\n"),
  unset: (names) => names.map((name) => `${checkName(name)}=`).join("\n"),
  evaluate: "… > aws.env",
};

function lineOf(name: string, value: string): string {
  const line = `${checkName(name)}=${checkValue(value)}`;
  if (new TextEncoder().encode(line).length > LONGEST_LINE)
    throw new Error(`an env file cannot have a line of more than ${LONGEST_LINE} bytes`);
  return line;
}

function checkName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} cannot be the name of a variable`);
  return name;
}

function checkValue(value: string): string {
  if (value.includes("\0")) throw new Error("a variable cannot hold a NUL character");
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(value)) throw new Error("an env file can only be given printable characters");
  if (/["'`\\$%]/.test(value)) throw new Error("an env file cannot be given a value with any of \" ' ` \\ $ %");
  if (/^[\s#;]|\s$/.test(value))
    throw new Error("an env file cannot be given a value that starts with a space, # or ;, or ends with a space");
  return value;
}
