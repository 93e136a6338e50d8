import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The whole path of a program, as a shell would find it; a folder of the PATH that is not whole is not looked at. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.flatMap((folder) => [path.join(folder, name), path.join(folder, `${name}.exe`)]).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
