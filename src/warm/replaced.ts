import { readFileSync } from "node:fs";
import path from "node:path";

const SCOPE = "@aws-okta-processor/";

/**
 * Whether the person's plugin folder holds a package that may stand in for a bundled one: a linked one, or one of our own names.
 *
 * @see https://oclif.io/docs/config oclif keeps the list in its data folder's package.json
 */
export function replacesBundled(home: string, env: NodeJS.ProcessEnv, platform: string): boolean {
  const local = platform === "win32" ? env["LOCALAPPDATA"] : undefined;
  const base = [env["XDG_DATA_HOME"], local].find(isGiven) ?? path.join(home, ".local", "share");
  const given = env["AWS_OKTA_PROCESSOR_DATA_DIR"];
  const folder = isGiven(given) ? given : path.join(base, "aws-okta-processor");
  const text = readText(path.join(folder, "package.json"));
  return text !== undefined && (text.includes('"link"') || text.includes(SCOPE));
}

const isGiven = (value: string | undefined): value is string => value !== undefined && value !== "";

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
