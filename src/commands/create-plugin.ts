/** What `plugins create` does; loaded for it alone. */
import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { UsageError } from "../errors.ts";
import { discoverPackages } from "../extensions/discovery.ts";
import { checkExtensionName, checkPackageName, EXTENSIONS_OF, folderOf, nameIn, type PluginKind } from "../extensions/new-plugin.ts";
import { createRegistry } from "../extensions/registry.ts";
import { writeNewFiles } from "../files/write-new-files.ts";
import { OPTIONS } from "../options/table.ts";
import { cleanText } from "../terminal/clean.ts";
import { worldOf } from "./host.ts";
import { type NewPlugin, pluginFiles } from "./plugin-files.ts";

/** What somebody typed; what is left out is told by the package's name. */
export interface Asked {
  readonly packageName: string;
  readonly kind: PluginKind;
  readonly name?: string | undefined;
  readonly directory?: string | undefined;
}

/**
 * Writes a plugin to start from, prints its folder and says how to go on.
 *
 * @throws UsageError `NAME_INVALID`, `NAME_TAKEN`, `FOLDER_NOT_EMPTY`, `FILE_UNWRITABLE`
 */
export function createPlugin(config: Config, { packageName, kind, name = nameIn(packageName, kind), directory }: Asked): void {
  const plugin = { packageName, kind, name };
  check(plugin, config);
  const world = worldOf(config);
  const shown = directory ?? folderOf(packageName);
  const folder = path.resolve(world.cwd, shown);
  writeNewFiles(folder, pluginFiles(plugin, config));
  world.writeOutput(`${folder}\n`);
  world.writeDiagnosis(nextSteps(plugin, shown));
}

function check({ packageName, kind, name }: NewPlugin, config: Config): void {
  checkPackageName(packageName);
  const { dependencies = {}, devDependencies = {} } = config.pjson;
  if ([config.name, ...Object.keys(dependencies), ...Object.keys(devDependencies)].includes(packageName))
    throw new UsageError(`${packageName} is a package that this program is made with`, { code: "NAME_TAKEN", hint: "give another name" });
  checkExtensionName(kind, name);
  const own = createRegistry(discoverPackages({ program: config, folder: undefined, allowed: undefined }));
  const holder = own.list(EXTENSIONS_OF[kind]).find((extension) => extension.name === name)?.package.name;
  if (holder === undefined && !isWordOfOption(kind, name)) return;
  throw new UsageError(`the ${kind} ${name} comes with this program, from ${holder ?? config.name} (--name)`, {
    code: "NAME_TAKEN",
    hint: "no other package can offer it: give another --name",
  });
}

/** Options take words of their own beside what is installed, as `--output env`. */
function isWordOfOption(kind: PluginKind, name: string): boolean {
  const rows = OPTIONS.filter(({ completes }) => completes === EXTENSIONS_OF[kind]);
  return rows.some(({ values = [], alsoTakes = {} }) => [...values, ...Object.values(alsoTakes).flat()].includes(name));
}

function nextSteps({ kind, name }: NewPlugin, folder: string): string {
  const shown = /^[\w./\\:@+-]+$/.test(folder) ? folder : `'${cleanText(folder).replaceAll("'", `'\\''`)}'`;
  const enter = path.normalize(folder) === "." ? "" : `cd ${shown} && `;
  return `The ${kind} ${name} is written. To test it, and then to use it here:

  ${enter}npm install && npm test
  aws-okta-processor plugins link .
`;
}
