/**
 * `docker run --env-file` as its description says: a variable a line, comments start with `#`, and what follows the first `=` is the value,
 * quotes and all. Space before a name is dropped.
 *
 * @see https://docs.docker.com/reference/cli/docker/container/run/#env
 * @see https://github.com/docker/cli/blob/master/pkg/kvfile/kvfile.go
 */
export function readDockerEnv(text: string): Readonly<Record<string, string>> {
  const lines = text
    .split("\n")
    .map((line) => line.replace(/\r$/, "").trimStart())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map(readLine));
}

function readLine(line: string): readonly [string, string] {
  if (Buffer.byteLength(line) >= 65_536) throw new Error("docker does not read a line of 64 KiB");
  const [name = "", ...rest] = line.split("=");
  if (name === "" || /\s/.test(name)) throw new Error(`docker does not take ${JSON.stringify(name)} for a name`);
  return [name, rest.join("=")];
}
