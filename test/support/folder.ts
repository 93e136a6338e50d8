import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the test's own, gone when it ends. */
export interface Folder {
  readonly path: string;
  /** For its owner alone, unless a mode is given. @returns the whole path */
  readonly write: (name: string, content: string, mode?: number) => string;
  readonly read: (name: string) => string;
  /** The permission bits, in octal: `600`. */
  readonly mode: (name: string) => string;
}

export function useFolder(files: Readonly<Record<string, string>> = {}): Folder {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), "aop-test-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, content: string, mode?: number): string => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
    if (mode !== undefined) chmodSync(file, mode);
    return file;
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    path: root,
    write,
    read: (name) => readFileSync(path.join(root, name), "utf8"),
    mode: (name) => (statSync(path.join(root, name)).mode & 0o777).toString(8),
  };
}
