import { readFileSync, statSync } from "node:fs";
import { dataFolder } from "../data-folder.ts";
import { inFolder } from "../in-folder.ts";

/** What a package is told by: linked ones may be anything, and those of our own names have more than one kind. */
const REPLACING = /"link"|@aws-okta-processor\/(?:format|shell)-/;

/** Whether the person's plugin folder holds a package that may stand in for a bundled format or shell: a linked one, or one of our own names. */
export function replacesBundled(home: string, env: NodeJS.ProcessEnv, platform: string): boolean {
  const folder = dataFolder({ home, env, platform });
  const text = folder === undefined ? undefined : readText(inFolder(folder, "package.json"));
  return text !== undefined && REPLACING.test(text);
}

/** To look first costs less than an error, and what waits at a pipe waits for ever. */
function readText(file: string): string | undefined {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
