import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { dataFolder } from "../data-folder.ts";

const SCOPE = "@aws-okta-processor/";

/** Whether the person's plugin folder holds a package that may stand in for a bundled one: a linked one, or one of our own names. */
export function replacesBundled(home: string, env: NodeJS.ProcessEnv, platform: string): boolean {
  const folder = dataFolder({ home, env, platform });
  const text = folder === undefined ? undefined : readText(path.join(folder, "package.json"));
  return text !== undefined && (text.includes('"link"') || text.includes(SCOPE));
}

/** To look first costs less than an error. */
function readText(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
