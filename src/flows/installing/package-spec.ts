import path from "node:path";

/** What a person typed, as npm takes it wherever it runs: a path becomes whole, for npm runs in another folder. */
export function readSpec(typed: string, cwd: string): string {
  const [, local] =
    /^(?:file:(?!\/\/))?((?:\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:[/\\]).*)$/s.exec(typed) ?? /^file:(?!\/\/)(.+)$/s.exec(typed) ?? [];
  return local === undefined ? typed : `file:${path.resolve(cwd, local)}`;
}

/** The name in what asks a registry for a package; undefined for a file, a folder, an address. */
export function registryName(spec: string): string | undefined {
  return /^((?:@[^/:@]+\/)?[^/:@]+)(?:@[^/:]*)?$/.exec(spec)?.[1];
}

/** With the tag that oclif adds: npm would choose another version without one. */
export function withTag(spec: string): string {
  const name = registryName(spec);
  return name === spec ? `${spec}@latest` : spec;
}
