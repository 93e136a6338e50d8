import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** The npm that the lock file brings, on the Node that runs the tests. */
export const NPM = path.join(REPOSITORY, "node_modules/npm/bin/npm-cli.js");

/** A tarball as `npm pack --json` tells of it. */
export interface Tarball {
  /** In bytes. */
  readonly unpackedSize: number;
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** Runs npm in the repository. @returns its stdout */
export function npm(...args: readonly string[]): Promise<string> {
  return npmOf(process.env, ...args);
}

/** The same with the variables of somebody else, the path aside. */
export async function npmOf(variables: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> {
  const env = { ...variables, PATH: [path.dirname(process.execPath), process.env["PATH"] ?? ""].join(path.delimiter) };
  const { stdout } = await promisify(execFile)(process.execPath, [NPM, ...args], { cwd: REPOSITORY, env, maxBuffer: 16_000_000 });
  return stdout;
}

/** Packs what is built. npm 11 answers with a list, later ones with a record by name. */
export async function pack(...args: readonly string[]): Promise<readonly Tarball[]> {
  const answer = JSON.parse(await npm("pack", "--json", "--ignore-scripts", ...args)) as
    | readonly Tarball[]
    | Readonly<Record<string, Tarball>>;
  return Object.values(answer);
}
