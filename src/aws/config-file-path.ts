import path from "node:path";

/**
 * The AWS config file of a person; `~/` in the variable is the home directory.
 *
 * @returns undefined where there is neither the variable nor a home
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function configFileOf(env: Readonly<Record<string, string | undefined>>, home: string | undefined): string | undefined {
  const given = env["AWS_CONFIG_FILE"];
  if (given === undefined || given === "") return home === undefined ? undefined : path.join(home, ".aws", "config");
  return home === undefined ? given : given.replace(/^~(?=[/\\]|$)/u, () => home);
}
