import path from "node:path";
import { writePrivately } from "./kept.ts";
import type { Place } from "./sandbox-home.ts";

/** A plugin under development with one CommonJS module, `./module.cjs`. */
export interface LinkedPlugin {
  readonly name: string;
  /** What its package.json offers, the contract's number aside. */
  readonly block: Readonly<Record<string, unknown>>;
  readonly module: string;
}

/** Leaves it as `plugins link` does. */
export async function linkPlugin({ home }: Pick<Place, "home">, plugin: LinkedPlugin): Promise<void> {
  const root = path.join(home, plugin.name);
  await writePlugin(root, plugin);
  await listPlugins(home, [{ type: "link", name: plugin.name, root }]);
}

/** Leaves them as `plugins install` does. */
export async function installPlugins({ home }: Pick<Place, "home">, ...plugins: readonly LinkedPlugin[]): Promise<void> {
  for (const plugin of plugins) await writePlugin(path.join(dataFolderOf(home), "node_modules", plugin.name), plugin);
  await listPlugins(
    home,
    plugins.map(({ name }) => ({ type: "user", name, tag: "latest" })),
  );
}

export const dataFolderOf = (home: string): string => path.join(home, ".local/share/aws-okta-processor");

async function writePlugin(root: string, { name, block, module }: LinkedPlugin): Promise<void> {
  const packageJson = { name, version: "1.0.0", oclif: {}, awsOktaProcessor: { contract: 1, ...block } };
  await writePrivately(path.join(root, "package.json"), JSON.stringify(packageJson));
  await writePrivately(path.join(root, "module.cjs"), module);
}

async function listPlugins(home: string, plugins: readonly unknown[]): Promise<void> {
  await writePrivately(path.join(dataFolderOf(home), "package.json"), JSON.stringify({ oclif: { plugins } }));
}
