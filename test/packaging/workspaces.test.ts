import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { pack, REPOSITORY, type Tarball } from "./npm.ts";

const folders = readdirSync(path.join(REPOSITORY, "plugins"));

let tarballs: readonly Tarball[];

beforeAll(async () => {
  tarballs = await pack("--workspaces", "--dry-run");
}, 60_000);

test.for(folders)("the tarball of %s holds what its package.json promises, and its papers", (folder) => {
  const promised = promises(readPackage(folder)).map((file) => path.posix.normalize(file));
  const papers = ["package.json", "README.md", "LICENSE"];
  expect(pathsOf(folder)).toStrictEqual(expect.arrayContaining([...papers, ...promised]));
});

test.for(folders)("the tarball of %s holds what is built and no source", (folder) => {
  const allowed = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|oclif\.manifest\.json|dist\/.+(\.js|\.d\.ts))$/;
  expect(pathsOf(folder).filter((file) => !allowed.test(file))).toStrictEqual([]);
});

test.for(folders)("the license of %s is that of the host", (folder) => {
  expect(readLicense(path.join("plugins", folder))).toBe(readLicense("."));
});

interface PackageFile {
  readonly name: string;
  readonly oclif?: { readonly commands?: { readonly target: string } };
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly awsOktaProcessor?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Every file that a package.json names. */
function promises({ oclif, exports = {}, awsOktaProcessor = {} }: PackageFile): readonly string[] {
  const exported = Object.values(exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  const modules = ["factors", "formats", "shells", "keychains"].flatMap((kind) => Object.values(awsOktaProcessor[kind] ?? {}));
  const commands = oclif?.commands === undefined ? [] : [oclif.commands.target];
  return [...exported, ...modules, ...commands, ...(oclif === undefined ? [] : ["oclif.manifest.json"])];
}

function pathsOf(folder: string): readonly string[] {
  const { name } = readPackage(folder);
  const tarball = tarballs.find((candidate) => candidate.name === name);
  if (tarball === undefined) throw new Error(`npm did not pack ${name}`);
  return tarball.files.map((file) => file.path);
}

function readPackage(folder: string): PackageFile {
  return JSON.parse(readFileSync(path.join(REPOSITORY, "plugins", folder, "package.json"), "utf8")) as PackageFile;
}

function readLicense(folder: string): string {
  return readFileSync(path.join(REPOSITORY, folder, "LICENSE"), "utf8");
}
