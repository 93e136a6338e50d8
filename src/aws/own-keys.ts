/** A line of a config file that has this program give credentials. */
const OWN_PROCESS = /^\s*credential_process\s*[=:](.*\baws-okta-processor\b.*)$/gim;

const KEY = /(?:^|\s)(?:--key(?:=|\s+)|-k[=\s]*)("[^"]*"|'[^']*'|[^\s"']+)/u;

/** The values of `--key` with which a config file has this program, or the original, run. The file may be one that nobody can read whole. */
export function keysIn(text: string): readonly string[] {
  const lines = [...text.matchAll(OWN_PROCESS)].map(([, line = ""]) => line);
  return lines.flatMap((line) => KEY.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/su, "$2") ?? []);
}
