import { createRegistry, type InstalledPackage, KINDS } from "../../extensions/registry.ts";
import { type ListedExtension, listExtensions } from "../list-extensions.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

const FIX = "aws-okta-processor plugins inspect NAME tells more; update it, or uninstall it";

/** No module of a plugin is loaded. */
export function lookAtPlugins(packages: readonly InstalledPackage[]): readonly Finding[] {
  const bundled = packages.filter(({ source }) => source === "bundled");
  const listed = listExtensions(createRegistry(packages), packages);
  const names = KINDS.flatMap((kind) => listed[kind]);
  const strangers = packages.filter(({ source }) => source !== "bundled");
  return [
    ok(`${bundled.length} packages came with the program`),
    ...strangers.flatMap((one) => lookAtStranger(one, names)),
    ...names.filter(({ source, refused }) => source === "bundled" && refused !== null).map(toRefused),
  ];
}

function lookAtStranger(
  { name, version, source, problem: reason }: InstalledPackage,
  names: readonly ListedExtension[],
): readonly Finding[] {
  if (reason !== undefined) return [problem(`${name} ${reason}`, { why: "nothing of it is used", fix: FIX })];
  const offered = names.filter((one) => one.package === name && one.source === source);
  const refused = offered.filter((one) => one.refused !== null);
  const used = offered.filter((one) => one.refused === null).map((one) => one.name);
  return [note(`${name} ${version}, ${source}: ${used.length === 0 ? "none of it is used" : used.join(", ")}`), ...refused.map(toRefused)];
}

function toRefused({ name, package: from, refused }: ListedExtension): Finding {
  return problem(`${name} of ${from} is not used: ${refused ?? ""}`, { fix: FIX });
}
