import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Config } from "@oclif/core/interfaces";
import { factorLike, type PluginKind } from "../extensions/new-plugin.ts";
import type { NewFiles } from "../files/write-new-files.ts";
import { dig } from "../json.ts";

/** What is written, by the package's name and what it offers. */
export interface NewPlugin {
  readonly packageName: string;
  readonly kind: PluginKind;
  readonly name: string;
}

/** A project of this kind: the templates in bin/new-plugin, their `{{marks}}` filled. */
export function pluginFiles(plugin: NewPlugin, config: Config): NewFiles {
  const marks = marksOf(plugin, config);
  const templates = ["common", plugin.kind].flatMap((name) => readFolder(path.join(config.root, "bin/new-plugin", name)));
  return Object.fromEntries(
    templates.map(([file, text]) => [file, text.replaceAll(/\{\{(\w+)\}\}/g, (mark, word: string) => marks[word] ?? mark)]),
  );
}

/** What it needs to be built and tested has the versions that this program was built and tested with. */
function marksOf({ packageName, kind, name }: NewPlugin, { pjson, version }: Config): Readonly<Record<string, string | undefined>> {
  const { dependencies = {}, devDependencies = {} } = pjson;
  return {
    package: packageName,
    ...{ kind, name, use: USES[kind](name) },
    ...factorLike(name),
    node: String(dig(pjson, "engines", "node")),
    host: `^${version}`,
    contract: devDependencies["@aws-okta-processor/contract"],
    sandbox: dependencies["@aws-okta-processor/sandbox"],
    nodeTypes: devDependencies["@types/node"],
    typescript: devDependencies["typescript"],
  };
}

/** How somebody uses it who has it. */
const USES: Readonly<Record<PluginKind, (name: string) => string>> = {
  factor: (name) => `authenticate --factor ${factorLike(name).key}`,
  format: (name) => `get-roles --output ${name}`,
  shell: (name) => `authenticate --environment --target-shell ${name}`,
  keychain: (name) => `authenticate --cache-encryption ${name}`,
};

function readFolder(folder: string): readonly (readonly [file: string, text: string])[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    // npm packs no file of the name .gitignore.
    return [name === "gitignore" ? ".gitignore" : path.relative(folder, file), readFileSync(file, "utf8")];
  });
}
