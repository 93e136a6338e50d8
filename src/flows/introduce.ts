import { introducedFile } from "../cache/paths.ts";
import { readKeptJson } from "../cache/read.ts";
import type { InstalledPackage } from "../extensions/registry.ts";
import { list } from "../json.ts";
import type { Parts } from "./parts.ts";
import { keepFile } from "./stations/keep-file.ts";

/** Tells, once for each version, whose code takes part in what this program does. */
export function createIntroduce({ world, terminal }: Pick<Parts, "world" | "terminal">): (stranger: InstalledPackage) => void {
  const file = world.home === undefined ? undefined : introducedFile(world.home);
  const known = new Set<unknown>();
  let isFirst = true;
  return ({ name, version, source, root }) => {
    world.admitStranger(name);
    if (isFirst) {
      for (const one of file === undefined ? [] : list(readKeptJson(file)?.["introduced"])) known.add(one);
      isFirst = false;
    }
    const stranger = source === "linked" ? `${name} in ${root}` : `${name} ${version}`;
    if (known.has(stranger)) return;
    known.add(stranger);
    terminal.announce(`${stranger}, a plugin that you ${source}, takes part; it is the code of its authors and runs with your rights`);
    void keepFile(world, file, JSON.stringify({ introduced: [...known] }));
  };
}
